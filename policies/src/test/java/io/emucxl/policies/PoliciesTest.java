package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.PlacementPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesTest {
    static List<String> names() {
        return Policies.names();
    }

    static PlacementPolicy policy(String name) {
        return Policies.create(name, Map.of());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameIsThatOfTheDescription(String name) {
        assertEquals(name, policy(name).name());
    }

    /** Space fails when a policy asks for a move that makes no sense or has no room. */
    @ParameterizedTest
    @MethodSource("names")
    void everyPolicyKeepsWithinCapacityOnRandomWork(String name) {
        Space space = new Space(policy(name), 200, 30);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            space.localCapacity(20 + random.nextInt(20));
            space.place(random.nextInt(200), -1);
            space.period(random.ints(random.nextInt(60), 0, 200).toArray());
        }
        assertTrue(space.used(0) <= 40 || name.equals("static"), "used " + space.used(0));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noPolicyExceedsItsBudget(String name) {
        Space space = new Space(policy(name), 200, 30);
        space.budget(3);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            int before = space.promotions() + space.demotions();
            space.period(random.ints(60, 0, 200).toArray());
            assertTrue(space.promotions() + space.demotions() - before <= 3);
        }
    }

    @Test
    void staticMovesNothing() {
        Space space = new Space(policy("static"), 10, 3);
        space.place(1, 0);
        space.accesses(5, 5, 5, 6, 6);
        assertArrayEquals(new int[] {1}, space.local());
    }

    @Test
    void conservativeOnlyMakesRoomLeastRecentFirst() {
        Space space = new Space(policy("conservative"), 10, 3);
        IntStream.range(0, 3).forEach(unit -> space.place(unit, 0));
        space.accesses(0, 2, 1, 9, 9, 9);
        assertArrayEquals(new int[] {0, 1, 2}, space.local());
        space.localCapacity(2);
        space.period();
        assertArrayEquals(new int[] {1, 2}, space.local());
    }

    @Test
    void promoteOnAccessTakesThePlaceAtTheTail() {
        Space space = new Space(policy("promote-on-access"), 10, 3);
        IntStream.range(0, 3).forEach(unit -> space.place(unit, 0));
        space.accesses(2, 1, 0, 7, 8);
        assertArrayEquals(new int[] {0, 1, 8}, space.local());
        space.accesses(8, 9);
        assertArrayEquals(
                new int[] {0, 8, 9}, space.local(), "1 was at the tail after 8 was touched");
    }

    @Test
    void lruEvictsTheLeastRecentlyUsed() {
        Space space = new Space(policy("lru"), 10, 2);
        space.accesses(1, 2, 1, 3);
        assertArrayEquals(new int[] {1, 3}, space.local());
    }

    @Test
    void tppPromotesAtTheSecondTouchAndKeepsRoom() {
        Space space = new Space(policy("tpp"), 10, 3);
        space.accesses(1, 2, 3);
        assertArrayEquals(new int[] {}, space.local());
        space.accesses(1, 2, 3);
        assertArrayEquals(new int[] {2, 3}, space.local(), "one unit of room is kept");
        space.accesses(1, 4);
        assertArrayEquals(new int[] {2, 3}, space.local(), "1 was demoted and counts anew");
        space.accesses(1);
        assertArrayEquals(new int[] {1, 3}, space.local());
    }

    @Test
    void memtisKeepsTheBinsThatFit() {
        Space space = new Space(policy("memtis"), 10, 2);
        for (int i = 0; i < 10; i++) {
            space.period(0, 1, 2, 3, 7, 7, 7, 7, 8, 8, 8, 8);
        }
        assertArrayEquals(new int[] {7, 8}, space.local());
    }

    @Test
    void memtisForgetsByCooling() {
        Space space = new Space(Policies.create("memtis", Map.of("cooling", "20")), 10, 1);
        IntStream.range(0, 100).forEach(i -> space.accesses(1));
        IntStream.range(0, 60).forEach(i -> space.accesses(2));
        assertArrayEquals(new int[] {2}, space.local());
    }

    @Test
    void armsOutranksByMoreThanTheMoveCosts() {
        Space space = new Space(policy("arms"), 10, 1);
        space.moveCost(5);
        space.accesses(1, 2, 2, 2, 2, 2, 2);
        assertArrayEquals(new int[] {1}, space.local());
        space.accesses(2, 2);
        assertArrayEquals(new int[] {2}, space.local());
    }

    @Test
    void armsFindsANewHotSetByItsFastAverage() {
        Space space = new Space(policy("arms"), 100, 10);
        int[] before = IntStream.range(0, 10).toArray();
        int[] after = IntStream.range(50, 60).toArray();
        IntStream.range(0, 100).forEach(i -> space.accesses(before));
        IntStream.range(0, 20).forEach(i -> space.accesses(after));
        assertArrayEquals(after, space.local());
    }

    /** The averages of arms fade slowly here, since the time that they take is in samples. */
    @ParameterizedTest
    @CsvSource({"hotset,", "memtis,", "arms, 1e6"})
    void followsAChangeAsFastAfterMoreWasSampled(String name, String average) {
        Map<String, String> parameters =
                average == null ? Map.of() : Map.of("slow", average, "fast", average);
        int usual = periodsToFollow(Policies.create(name, parameters), 1);
        assertTrue(usual > 1 && usual < 60, "periods " + usual);
        assertEquals(usual, periodsToFollow(Policies.create(name, parameters), 64));
    }

    /**
     * All units are accessed in every period, ten of them more often. At first so many times as
     * much is sampled; then other ten are hot.
     */
    private static int periodsToFollow(PlacementPolicy policy, int more) {
        Space space = new Space(policy, 100, 10);
        int[] all = IntStream.range(0, 100).toArray();
        space.sampled(more / 64.0);
        space.moveCost(more);
        int[] before = all.clone();
        Arrays.setAll(before, unit -> more * (unit < 10 ? 20 : 2));
        for (int i = 0; i < 20; i++) {
            space.period(all, before);
        }
        space.sampled(1 / 64.0);
        space.moveCost(1);
        int[] after = all.clone();
        Arrays.setAll(after, unit -> unit >= 50 && unit < 60 ? 20 : 2);
        int periods = 0;
        while (!Arrays.equals(IntStream.range(50, 60).toArray(), space.local())) {
            space.period(all, after);
            assertTrue(++periods < 1000, "they are never found");
        }
        return periods;
    }

    @Test
    void wrongNamesAndValuesAreNamed() {
        assertEquals(
                "unknown policy \"hotest\"; did you mean \"hotset\"?", message("hotest", Map.of()));
        assertEquals(
                "policy tpp has no parameter \"headrom\"; did you mean \"headroom\"?",
                message("tpp", Map.of("headrom", "1")));
        assertEquals(
                "policy lru has no parameter \"x\"; it has none", message("lru", Map.of("x", "1")));
        assertEquals(
                "parameter window of policy hotset must be a positive number, not \"-1\"",
                message("hotset", Map.of("window", "-1")));
    }

    private static String message(String name, Map<String, String> parameters) {
        return assertThrows(IllegalArgumentException.class, () -> Policies.create(name, parameters))
                .getMessage();
    }
}
