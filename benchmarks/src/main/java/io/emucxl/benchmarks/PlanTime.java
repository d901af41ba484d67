package io.emucxl.benchmarks;

import io.emucxl.policies.Policies;
import io.emucxl.policies.simulator.UnitSpace;
import io.emucxl.runtime.PlacementPolicy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures how long a policy takes to decide over a million regions, of which more or fewer were
 * accessed in the period: by a skewed law, and other regions from one quarter of the periods to the
 * next. A quarter fits on the local tier. Times are those of the CPU: a decision never waits, and
 * other programs are not its fault.
 */
final class PlanTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 100;
    private static final int DECISIONS = 200;

    /** The default of the policy file, 1 GiB/s in 100 ms and regions of 2 MiB. */
    private static final int USUAL_BUDGET = 51;

    private final int regions;
    private final int accessed;
    private final int[] seen;
    private final UnitSpace space;
    private final SplittableRandom random = new SplittableRandom(7);

    private PlanTime(int regions, int accessed, long budget) {
        this.regions = regions;
        this.accessed = accessed;
        seen = new int[regions];
        space = new UnitSpace(regions, regions / 4, accessed, 1.36, budget);
    }

    /** Prints a table of one policy over so many regions. */
    static void measure(String policy, int regions) {
        System.out.printf(
                "%s over %,d regions; a decision takes, in ms of CPU time%n"
                        + "%12s %14s %9s %9s %9s %15s%n",
                policy,
                regions,
                "accessed",
                "may move",
                "median",
                "90 %",
                "longest",
                "first hundred");
        for (int accessed : new int[] {regions / 1000, regions / 100, regions / 10, regions}) {
            for (long budget : new long[] {USUAL_BUDGET, regions}) {
                measure(policy, regions, Math.max(1, accessed), budget);
            }
        }
    }

    private static void measure(String name, int regions, int accessed, long budget) {
        PlacementPolicy policy = Policies.create(name, Map.of());
        PlanTime plan = new PlanTime(regions, accessed, budget);
        long[] nanos = new long[WARM_UP + DECISIONS];
        for (int i = 0; i < nanos.length; i++) {
            plan.access(i, i * 4 / nanos.length);
            long before = THREADS.getCurrentThreadCpuTime();
            plan.space.decide(policy, i * 100_000_000L);
            nanos[i] = THREADS.getCurrentThreadCpuTime() - before;
        }
        long first = Arrays.stream(nanos, 0, WARM_UP).max().orElseThrow();
        long[] sorted = Arrays.copyOfRange(nanos, WARM_UP, nanos.length);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%,12d %,14d %9.2f %9.2f %9.2f %15.2f%n",
                accessed,
                budget,
                sorted[DECISIONS / 2] / 1e6,
                sorted[DECISIONS * 9 / 10] / 1e6,
                sorted[DECISIONS - 1] / 1e6,
                first / 1e6);
    }

    /** Lets a period pass in which as many regions as wished are accessed. */
    private void access(int period, int phase) {
        int shift = phase * (regions / 5);
        if (accessed == regions) {
            for (int region = 0; region < regions; region++) {
                int place = (region + shift) % regions;
                space.touch(
                        region, 1 + (int) (random.nextDouble() * 8 / (1 + 20.0 * place / regions)));
            }
            return;
        }
        for (int found = 0; found < accessed; ) {
            // The square of an even draw: a tenth of the regions has a third of the accesses.
            double draw = random.nextDouble();
            int region = (int) ((long) (draw * draw * regions) + shift) % regions;
            if (seen[region] <= period) {
                seen[region] = period + 1;
                space.touch(region, 1 + (int) (3 * (1 - draw)));
                found++;
            }
        }
    }
}
