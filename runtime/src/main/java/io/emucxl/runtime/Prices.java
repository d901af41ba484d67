package io.emucxl.runtime;

/**
 * What accesses cost on the modelled devices: the arithmetic of {@code docs/device-model.md},
 * without clocks and threads.
 *
 * <p>Used by one thread at a time.
 */
final class Prices {
    /**
     * An overlap that is taken for an error of measurement. Of misses that are waited for one by
     * one, half of the settlements would else find some overlap, and none the opposite.
     */
    static final double SLACK = 0.15;

    /** Of a bisection: the latency to a millionth of itself. */
    private static final int STEPS = 20;

    /** Lines that were waited for one by one, per tier. */
    final double[] misses = new double[2];

    /** Bytes read from memory, per tier, those of streams and of lines to be written included. */
    final double[] reads = new double[2];

    /** Bytes written back to memory, per tier. */
    final double[] writes = new double[2];

    private final DeviceModel model;
    private final NativeLatency here;
    private final double[] demand = new double[2];

    /**
     * @param here the latency of the memory that stands for the devices
     */
    Prices(DeviceModel model, NativeLatency here) {
        this.model = model;
        this.here = here;
    }

    void clear() {
        for (int tier = 0; tier < 2; tier++) {
            misses[tier] = 0;
            reads[tier] = 0;
            writes[tier] = 0;
        }
    }

    /**
     * Takes an access into account.
     *
     * @param tier of its region
     * @param answer of the {@link CacheFilter}
     * @param follows whether it continues a stream
     */
    void access(int tier, int answer, boolean follows) {
        if ((answer & CacheFilter.READ) != 0) {
            reads[tier] += 1 << Trace.LINE_SHIFT;
            misses[tier] += follows ? 0 : 1;
        }
        if ((answer & CacheFilter.WRITTEN) != 0) {
            writes[tier] += 1 << Trace.LINE_SHIFT;
        }
    }

    /** Lets every access taken into account stand for so many. */
    void scale(double factor) {
        for (int tier = 0; tier < 2; tier++) {
            misses[tier] *= factor;
            reads[tier] *= factor;
            writes[tier] *= factor;
        }
    }

    /** The misses that are taken into account. */
    double misses(int tier) {
        return misses[tier];
    }

    /** Takes back that an access was a miss: it turns out to belong to a stream. */
    void follows(int tier) {
        misses[tier]--;
    }

    /**
     * How many of the misses the CPU waits for at a time: as many as the measured time says. Misses
     * that came faster than one a latency must have overlapped, and do on a slower device as well.
     *
     * @param nanos the time in which they were made
     */
    double overlap(double nanos) {
        double oneByOne = 0;
        for (int tier = 0; tier < 2; tier++) {
            oneByOne += misses[tier] * here.nanos(tier);
        }
        return nanos > 0 ? Math.max(1, oneByOne / nanos - SLACK) : 1;
    }

    /**
     * What the latency of the devices adds to this time, in nanoseconds.
     *
     * @param nanos the time in which the accesses were made
     * @param load how busy each tier's device is, as a share of its bandwidth
     */
    double latency(double nanos, double[] load) {
        double more = 0;
        for (int tier = 0; tier < 2; tier++) {
            DeviceModel.Device device = model.device(tier);
            if (device != null) {
                double there = device.latencyAt(Math.min(1, load[tier]));
                if (device.relative()) {
                    there *= here.drift(tier);
                }
                more += misses[tier] * Math.max(0, there - here.nanos(tier));
            }
        }
        return more / overlap(nanos);
    }

    /**
     * What the latency of the devices adds to this time, in nanoseconds, at the load to which that
     * leads: the longer a thread waits, the less it demands.
     *
     * @param nanos the time in which the accesses were made
     * @param others bytes a nanosecond that others read and write: local, local, remote, remote
     */
    double latencyBeside(double nanos, double[] others) {
        double least = 0;
        double most = latency(nanos, demand(nanos, others));
        for (int i = 0; i < STEPS && least < most; i++) {
            double middle = (least + most) / 2;
            if (latency(nanos, demand(nanos + middle, others)) > middle) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return most;
    }

    /**
     * The demand of all as a share of each device's bandwidth, until the next call.
     *
     * @param nanos the time in which the accesses are made
     * @param others bytes a nanosecond that others read and write: local, local, remote, remote
     */
    double[] demand(double nanos, double[] others) {
        for (int tier = 0; tier < 2; tier++) {
            DeviceModel.Device device = model.device(tier);
            demand[tier] =
                    device == null
                            ? 0
                            : device.share(
                                    others[2 * tier] + reads[tier] / nanos,
                                    others[2 * tier + 1] + writes[tier] / nanos);
        }
        return demand;
    }

    /**
     * What waiting for bandwidth adds to this time, in nanoseconds: a device of which more is
     * demanded than it gives slows all who demand it down alike.
     *
     * @param nanos the time in which the accesses were made, with what latency added
     * @param demand the demand of all threads as a share of each device's bandwidth
     */
    double bandwidth(double nanos, double[] demand) {
        double most = 1;
        for (int tier = 0; tier < 2; tier++) {
            if (reads[tier] + writes[tier] > 0 && model.device(tier) != null) {
                most = Math.max(most, demand[tier]);
            }
        }
        return nanos * (most - 1);
    }
}
