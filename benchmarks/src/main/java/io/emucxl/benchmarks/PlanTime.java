package io.emucxl.benchmarks;

import io.emucxl.policies.Policies;
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
 *
 * <p>Usage: {@code java -cp emucxl-benchmarks.jar io.emucxl.benchmarks.PlanTime [POLICY
 * [REGIONS]]}.
 */
public final class PlanTime implements PlacementPolicy.Observation, PlacementPolicy.Moves {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 100;
    private static final int DECISIONS = 200;

    /** The default of the policy file, 1 GiB/s in 100 ms and regions of 2 MiB. */
    private static final int USUAL_BUDGET = 51;

    private final byte[] nodes;
    private final int[] touched;
    private final int[] counts;
    private final int[] seen;
    private final long budget;
    private final SplittableRandom random = new SplittableRandom(7);
    private int size;
    private int local;
    private long time;

    private PlanTime(int regions, int most, long budget) {
        nodes = new byte[regions];
        Arrays.fill(nodes, (byte) 1);
        touched = new int[most];
        counts = new int[most];
        seen = new int[regions];
        this.budget = budget;
    }

    public static void main(String[] args) {
        String policy = args.length > 0 ? args[0] : "hotset";
        int regions = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
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
        PlanTime space = new PlanTime(regions, accessed, budget);
        long[] nanos = new long[WARM_UP + DECISIONS];
        for (int i = 0; i < nanos.length; i++) {
            space.access(i, i * 4 / nanos.length);
            long before = THREADS.getCurrentThreadCpuTime();
            policy.decide(space, space);
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

    /** Lets a period pass in which as many regions as fit the table are accessed. */
    private void access(int period, int phase) {
        time += 100_000_000;
        int units = nodes.length;
        int shift = phase * (units / 5);
        size = 0;
        if (touched.length == units) {
            for (int unit = 0; unit < units; unit++) {
                touched[unit] = unit;
                int place = (unit + shift) % units;
                counts[unit] = 1 + (int) (random.nextDouble() * 8 / (1 + 20.0 * place / units));
            }
            size = units;
            return;
        }
        while (size < touched.length) {
            // The square of an even draw: a tenth of the regions has a third of the accesses.
            double draw = random.nextDouble();
            int unit = (int) ((long) (draw * draw * units) + shift) % units;
            if (seen[unit] <= period) {
                seen[unit] = period + 1;
                touched[size] = unit;
                counts[size++] = 1 + (int) (3 * (1 - draw));
            }
        }
    }

    @Override
    public void move(int unit, int node) {
        if (nodes[unit] != node) {
            nodes[unit] = (byte) node;
            local += node == 0 ? 1 : -1;
        }
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public int touched() {
        return size;
    }

    @Override
    public int unit(int k) {
        return touched[k];
    }

    @Override
    public long reads(int k) {
        return counts[k];
    }

    @Override
    public long writes(int k) {
        return 0;
    }

    @Override
    public int units() {
        return nodes.length;
    }

    @Override
    public int node(int unit) {
        return nodes[unit];
    }

    @Override
    public long unitBytes() {
        return 1;
    }

    @Override
    public long capacity(int node) {
        return node == 0 ? nodes.length / 4 : nodes.length;
    }

    @Override
    public long used(int node) {
        return node == 0 ? local : nodes.length - local;
    }

    @Override
    public long moveBudget() {
        return budget;
    }

    @Override
    public double moveCost() {
        return 1.36;
    }
}
