package io.emucxl.runtime;

import java.util.Arrays;

/**
 * Accesses per region as estimated from samples, reads and writes apart, each weighing half as much
 * for every half life that has passed since.
 */
final class Heat {
    /*
     * Forward decay (Cormode et al., ICDE 2009): a new access weighs more than an old one, instead
     * of the old ones being decayed, so that cold regions are never visited. A heat is divided by
     * today's weight when it is read, and by the mean share of accesses that was sampled, weighed
     * alike. To divide each mark by the share of its own time instead would let the few marks of a
     * time when little was sampled count for very many accesses each: the heat of a steady program
     * would be as noisy as they are as soon as less is sampled, and rank its regions worse.
     */
    private static final double TOO_HEAVY = 0x1p60;

    private double halfLifeNanos;
    private double weight = 1;
    private double times;
    private double shares;
    private long time;
    private float[] reads = new float[0];
    private float[] writes = new float[0];

    Heat(long halfLifeNanos) {
        this.halfLifeNanos = halfLifeNanos;
    }

    /** From now on heat counts half after this time. */
    void halfLife(long nanos) {
        halfLifeNanos = nanos;
    }

    /** Notes the share of all accesses that the marks of the time just passed count, above 0. */
    void sampled(double share) {
        times += weight;
        shares += share * weight;
    }

    /** Lets time pass until now, in nanoseconds of a monotonic clock. */
    void advance(long now) {
        if (now > time) {
            weight *= Math.pow(2, (now - time) / halfLifeNanos);
            time = now;
        }
        if (weight > TOO_HEAVY) {
            float factor = (float) (1 / weight);
            for (int i = 0; i < reads.length; i++) {
                reads[i] *= factor;
                writes[i] *= factor;
            }
            times *= factor;
            shares *= factor;
            weight = 1;
        }
    }

    /** What the marks are to be divided by. */
    private double scale() {
        return shares > 0 ? weight * (shares / times) : weight;
    }

    void add(int region, long readMarks, long writeMarks) {
        if (region >= reads.length) {
            int length = Math.max(region + 1, reads.length + reads.length / 2);
            reads = Arrays.copyOf(reads, length);
            writes = Arrays.copyOf(writes, length);
        }
        reads[region] += (float) (readMarks * weight);
        writes[region] += (float) (writeMarks * weight);
    }

    /** A region that is given up forgets its heat. */
    void forget(int region) {
        if (region < reads.length) {
            reads[region] = 0;
            writes[region] = 0;
        }
    }

    double reads(int region) {
        return region < reads.length ? reads[region] / scale() : 0;
    }

    double writes(int region) {
        return region < writes.length ? writes[region] / scale() : 0;
    }

    double total(int region) {
        return reads(region) + writes(region);
    }
}
