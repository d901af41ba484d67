package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.NullMessages;
import io.emucxl.runtime.TieredArray;
import org.junit.jupiter.api.Test;

/** The message of the exception for a null handle belongs to the place of the call. */
class NullMessagesTest {
    private static final int LONGEST = 200;

    private static long twice(TieredArray a, TieredArray b) {
        return LongElements.get(a, 1) + TieredArray.length(b);
    }

    private static long unregistered(TieredArray a) {
        return LongElements.get(a, 1);
    }

    @Test
    void findsTheMessageOfTheCall() {
        int[] offsets = new int[LONGEST];
        String[] messages = new String[LONGEST];
        for (int i = 0; i < LONGEST; i++) {
            offsets[i] = i;
            messages[i] = "at " + i;
        }
        NullMessages.register(
                NullMessagesTest.class.getClassLoader(),
                NullMessagesTest.class.getName().replace('.', '/'),
                "twice",
                "(Lio/emucxl/runtime/TieredArray;Lio/emucxl/runtime/TieredArray;)J",
                offsets,
                messages);
        TieredArray there = TieredArray.wrap(new long[2]);
        NullPointerException first =
                assertThrows(NullPointerException.class, () -> twice(null, there));
        NullPointerException second =
                assertThrows(NullPointerException.class, () -> twice(there, null));
        assertEquals("twice", first.getStackTrace()[0].getMethodName());
        assertEquals("twice", second.getStackTrace()[0].getMethodName());
        int firstCall = Integer.parseInt(first.getMessage().substring(3));
        int secondCall = Integer.parseInt(second.getMessage().substring(3));
        assertTrue(firstCall > 0 && firstCall + 3 < secondCall, firstCall + ", " + secondCall);
    }

    @Test
    void isNullForACallThatNobodyRegistered() {
        NullPointerException e = assertThrows(NullPointerException.class, () -> unregistered(null));
        assertNull(e.getMessage());
        assertEquals("unregistered", e.getStackTrace()[0].getMethodName());
    }
}
