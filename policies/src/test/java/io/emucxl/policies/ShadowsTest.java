package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShadowsTest {
    private static final int STAY = Contest.STAY;

    private final UnitHistory history = new UnitHistory();
    private final UnitHistory recent = new UnitHistory();
    private final Shadows shadows = new Shadows(history, recent);
    private final Residents placement = new Residents(history, Rule.REUSE);

    /** Plays a period in which these units are accessed, and returns what staying makes local. */
    private double localWhenStaying(int[] units) {
        Space space = new Space(new StaticPlacement(), 200_000, 0);
        space.period(units, IntStream.range(0, units.length).map(i -> 1).toArray());
        history.nextPeriod();
        recent.nextPeriod();
        Accessed accessed = new Accessed();
        accessed.look(space, space.units(), history);
        accessed.warm(recent);
        shadows.play(space, accessed);
        return shadows.hits()[STAY];
    }

    @Test
    void startsFromThePlacementAlsoAfterTheSampleHasChanged() {
        history.grow(200_000);
        recent.grow(200_000);
        int[] local = IntStream.range(50_000, 80_000).toArray();
        int[] remote = IntStream.range(100_000, 130_000).toArray();
        shadows.scale(4000, placement);
        for (int unit : local) {
            placement.add(unit);
            shadows.meet(unit);
        }
        for (int capacity : new int[] {32_000, 100_000, 32_000}) {
            shadows.scale(capacity, placement);
            assertEquals(0, localWhenStaying(remote));
            assertTrue(shadows.accesses() > 500, "sampled " + shadows.accesses());
            double hits = localWhenStaying(local);
            assertEquals((double) shadows.accesses(), hits);
            for (int unit : remote) {
                placement.add(unit); // that they were accessed has made them known
            }
            shadows.scale(65_000, placement);
            shadows.startFrom(placement);
            double all = localWhenStaying(remote);
            assertEquals((double) shadows.accesses(), all);
            for (int unit : remote) {
                placement.remove(unit);
            }
        }
    }
}
