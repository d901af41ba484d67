package io.emucxl.runtime;

import java.util.ArrayList;
import java.util.List;

/** An engine over a hundred regions without memory, period by period. */
abstract class EngineRun {
    static final long PERIOD = 100_000_000;
    static final long UNLIMITED = 1L << 40;

    final FakeRegions regions = new FakeRegions(100, 10);
    final Telemetry telemetry = new Telemetry();
    final Quiet warnings = new Quiet();
    long now;

    /** Warnings that a test looks at. */
    static final class Quiet extends Warnings {
        final List<String> said = new ArrayList<>();

        @Override
        void say(String message) {
            said.add(message);
        }
    }

    /** Asks for these moves in every period. */
    static class Asks implements PlacementPolicy {
        final int[][] moves;
        int decisions;
        long budget;
        long localCapacity;
        List<Integer> nodes = new ArrayList<>();

        Asks(int[]... moves) {
            this.moves = moves;
        }

        @Override
        public String name() {
            return "asks";
        }

        @Override
        public void decide(Observation observed, Moves into) {
            decisions++;
            budget = observed.moveBudget();
            localCapacity = observed.capacity(0);
            nodes.clear();
            for (int[] move : moves) {
                nodes.add(observed.node(Math.max(0, Math.min(99, move[0]))));
                into.move(move[0], move[1]);
            }
        }
    }

    Engine engine(PlacementPolicy policy, long bytesPerSecond) {
        return new Engine(regions, tuning(policy, bytesPerSecond), telemetry, warnings, now);
    }

    static Tuning tuning(PlacementPolicy policy, long bytesPerSecond) {
        return new Tuning(
                1_000_000,
                0.01,
                0.01,
                PERIOD,
                bytesPerSecond,
                UNLIMITED,
                UNLIMITED,
                0.2,
                0.1,
                policy);
    }

    /** One period, and all the time until the next for its moves. */
    void period(Engine engine) {
        now += PERIOD;
        engine.period(now);
        long end = now + PERIOD;
        long at = now;
        while (engine.moving() && at < end) {
            long time = at;
            at = engine.moves(() -> time, end);
        }
    }
}
