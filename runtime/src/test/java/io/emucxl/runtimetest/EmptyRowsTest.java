package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.EmptyRows;
import io.emucxl.runtime.TieredArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmptyRowsTest {
    @Test
    void eachArrayHasOneCounterpart() {
        List<long[][]> arrays = new ArrayList<>();
        List<TieredArray[]> handles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            arrays.add(new long[0][]);
            handles.add(EmptyRows.wrap(arrays.get(i)));
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(0, handles.get(i).length);
            assertSame(handles.get(i), EmptyRows.wrap(arrays.get(i)));
            assertTrue(EmptyRows.same(handles.get(i), arrays.get(i)));
            assertTrue(EmptyRows.same(handles.get(i), handles.get(i)));
            assertFalse(EmptyRows.same(handles.get(i), arrays.get((i + 1) % 20)));
            assertNotSame(handles.get(i), handles.get((i + 1) % 20));
        }
    }

    @Test
    void nullStaysNull() {
        assertNull(EmptyRows.wrap(null));
        assertTrue(EmptyRows.same(null, null));
        assertFalse(EmptyRows.same(null, new int[0][]));
        assertFalse(EmptyRows.same(EmptyRows.wrap(new int[0][]), null));
        assertFalse(EmptyRows.same(new TieredArray[0], "something else"));
    }

    @Test
    void whatHasElementsIsNotWrapped() {
        assertThrows(IllegalArgumentException.class, () -> EmptyRows.wrap(new int[1][]));
    }
}
