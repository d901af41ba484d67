package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotSetTest {
    @Test
    void fillsTheLocalNode() {
        Space space = new Space(new HotSet(), 10, 3);
        space.accesses(4, 5, 6);
        assertArrayEquals(new int[] {4, 5, 6}, space.local());
    }

    @Test
    void hotterUnitsReplaceColderOnes() {
        Space space = new Space(new HotSet(), 10, 2);
        space.accesses(0, 1);
        for (int i = 0; i < 5; i++) {
            space.period(7, 7, 7, 8, 8);
        }
        assertArrayEquals(new int[] {7, 8}, space.local());
    }

    @Test
    void aScanMovesNothingHot() {
        Space space = new Space(new HotSet(), 1000, 10);
        int[] hot = IntStream.range(0, 10).toArray();
        for (int i = 0; i < 5; i++) {
            space.period(hot);
        }
        int moves = space.promotions();
        space.accesses(IntStream.range(10, 1000).toArray());
        assertArrayEquals(hot, space.local());
        assertEquals(moves, space.promotions());
    }

    @Test
    void demotesUntilALoweredCapacityIsMet() {
        Space space = new Space(new HotSet(), 10, 4);
        space.period(0, 1, 2, 3, 3, 2);
        space.localCapacity(2);
        space.period();
        assertArrayEquals(new int[] {2, 3}, space.local());
    }

    @Test
    void keepsWithinItsBudget() {
        Space space = new Space(new HotSet(), 10, 4);
        space.budget(2);
        space.period(0, 1, 2, 3);
        assertEquals(2, space.promotions());
    }

    @Test
    void findsUnitsThatStartedLocal() {
        Space space = new Space(new HotSet(), 10, 2);
        space.place(8, 0);
        space.place(9, 0);
        space.accesses(1, 1, 2, 2);
        assertArrayEquals(new int[] {1, 2}, space.local());
    }

    @Test
    void leavesPinnedUnitsAlone() {
        Space space = new Space(new HotSet(), 10, 2);
        space.place(3, -1);
        space.accesses(3, 3, 3, 1, 2);
        assertArrayEquals(new int[] {1, 2}, space.local());
    }
}
