package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How well heat ranks a hundred thousand regions that are accessed by Zipf's law for 2 s. */
class HeatAccuracyTest {
    private static final int REGIONS = 100_000;
    private static final long PERIOD = 100_000_000;
    private static final int PERIODS = 20;

    /** What two threads do that need 33 ns an access. */
    private static final int ACCESSES_PER_PERIOD = 6_000_000;

    @Test
    void heatRanksAsFullCountsDo() {
        double[] cumulated = zipf(0.99);
        int[] guide = guide(cumulated);
        SplittableRandom random = new SplittableRandom(5);
        Heat heat = new Heat(10 * PERIOD);
        DutyControl control = new DutyControl(0.01, 0.01, false);
        Novelty novelty = new Novelty();
        double[] full = new double[REGIONS];
        for (int period = 1; period <= PERIODS; period++) {
            long now = period * PERIOD;
            double duty = control.duty();
            int sampled = (int) (ACCESSES_PER_PERIOD * duty);
            heat.advance(now);
            // Who accesses what in the closed windows has the same law: it need not be drawn one by
            // one to count it.
            for (int region = 0; region < REGIONS; region++) {
                double expected =
                        (ACCESSES_PER_PERIOD - sampled)
                                * (cumulated[region] - (region == 0 ? 0 : cumulated[region - 1]));
                full[region] += poisson(expected, random);
            }
            for (int i = 0; i < sampled; i++) {
                int region = draw(cumulated, guide, random.nextDouble());
                full[region]++;
                heat.add(region, (i & 3) == 0 ? 0 : 1, (i & 3) == 0 ? 1 : 0);
            }
            long marks = (long) (ACCESSES_PER_PERIOD * duty);
            boolean heatIsNew = novelty.saw(now, REGIONS, 0, marks);
            control.saw((long) (PERIOD * duty), marks, PERIOD, heatIsNew);
        }
        double[] total = new double[REGIONS];
        double reads = 0;
        double writes = 0;
        for (int region = 0; region < REGIONS; region++) {
            total[region] = heat.total(region);
            reads += heat.reads(region);
            writes += heat.writes(region);
        }
        double correlation = RankCorrelation.of(total, full);
        assertTrue(correlation >= 0.95, "correlation " + correlation);
        assertEquals(3, reads / writes, 0.01);
    }

    @Test
    void correlationIsSpearmans() {
        assertEquals(1, RankCorrelation.of(new double[] {1, 5, 9}, new double[] {2, 3, 4}), 1e-12);
        assertEquals(-1, RankCorrelation.of(new double[] {1, 5, 9}, new double[] {4, 3, 2}), 1e-12);
        // Ranks 0.5 0.5 2 3 and 0 1 2 3.
        assertEquals(
                4.5 / Math.sqrt(4.5 * 5),
                RankCorrelation.of(new double[] {7, 7, 8, 9}, new double[] {1, 2, 3, 4}),
                1e-12);
    }

    private static double[] zipf(double exponent) {
        double[] cumulated = new double[REGIONS];
        double sum = 0;
        for (int i = 0; i < REGIONS; i++) {
            sum += Math.pow(i + 1, -exponent);
            cumulated[i] = sum;
        }
        for (int i = 0; i < REGIONS; i++) {
            cumulated[i] /= sum;
        }
        return cumulated;
    }

    /** For equal steps from 0 to 1, the first region to look at. */
    private static int[] guide(double[] cumulated) {
        int[] guide = new int[1 << 20];
        int region = 0;
        for (int i = 0; i < guide.length; i++) {
            while (cumulated[region] < (double) i / guide.length) {
                region++;
            }
            guide[i] = region;
        }
        return guide;
    }

    private static int draw(double[] cumulated, int[] guide, double at) {
        int region = guide[(int) (at * guide.length)];
        while (cumulated[region] < at && region < REGIONS - 1) {
            region++;
        }
        return region;
    }

    /** Poisson's law; by the normal one where the two look alike. */
    private static double poisson(double mean, SplittableRandom random) {
        if (mean > 10) {
            double normal =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                            * Math.cos(2 * Math.PI * random.nextDouble());
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
