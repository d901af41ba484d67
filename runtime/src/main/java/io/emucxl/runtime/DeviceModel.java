package io.emucxl.runtime;

/**
 * The devices that the two tiers stand for, in plain numbers, and what they are charged against.
 * {@code docs/device-model.md} has the model.
 *
 * @param local the device of tier 0, or null when it is not charged
 * @param remote the device of tier 1, or null when it is not charged
 * @param localNanos the measured latency of the memory that tier 0 really is, in nanoseconds
 * @param remoteNanos the same of tier 1
 * @param cacheBytes what the largest cache of a CPU holds, in bytes; an access that it would have
 *     served is not charged
 */
public record DeviceModel(
        Device local, Device remote, double localNanos, double remoteNanos, long cacheBytes) {

    /** Checks the ranges. */
    public DeviceModel {
        if (local == null && remote == null) {
            throw new IllegalArgumentException("a model of no device");
        }
        if (!(localNanos > 0) || !(remoteNanos > 0) || cacheBytes < 0) {
            throw new IllegalArgumentException(
                    localNanos + " ns, " + remoteNanos + " ns, cache of " + cacheBytes + " bytes");
        }
    }

    Device device(int tier) {
        return tier == 0 ? local : remote;
    }

    double nativeNanos(int tier) {
        return tier == 0 ? localNanos : remoteNanos;
    }

    /** What an unloaded access to the remote tier takes longer than one to the local tier. */
    double remoteExtraNanos() {
        return Math.max(0, latency(1) - latency(0));
    }

    private double latency(int tier) {
        Device device = device(tier);
        return device == null
                ? nativeNanos(tier)
                : Math.max(device.latencyNanos(), nativeNanos(tier));
    }

    /** What was charged, as the report and the start-up line say it. */
    String title(int tier) {
        Device device = device(tier);
        return device == null ? "none" : device.name();
    }

    /**
     * A kind of memory.
     *
     * @param name the name of its profile
     * @param latencyNanos the time of an access that finds the device idle, in nanoseconds
     * @param readBandwidth bytes in a nanosecond (10^9 bytes in a second) that it reads at most;
     *     infinite when it is not known
     * @param writeBandwidth the same for what it writes
     * @param mixedBandwidth the same for the sum of both
     * @param load the shares of its bandwidth at which {@code loadedNanos} are given, from 0 to 1,
     *     rising
     * @param loadedNanos what an access then takes longer than on an idle device, in nanoseconds;
     *     between two points it is interpolated, below the first it rises from 0, above the last it
     *     stays
     * @param relative whether the latency is a multiple of that of the machine's local memory, and
     *     changes with it
     */
    @SuppressWarnings("ArrayRecordComponent") // a curve; nobody compares two of them
    public record Device(
            String name,
            double latencyNanos,
            double readBandwidth,
            double writeBandwidth,
            double mixedBandwidth,
            double[] load,
            double[] loadedNanos,
            boolean relative) {

        /** Checks the ranges. */
        public Device {
            if (!(latencyNanos > 0)
                    || !(readBandwidth > 0)
                    || !(writeBandwidth > 0)
                    || !(mixedBandwidth > 0)
                    || load.length != loadedNanos.length) {
                throw new IllegalArgumentException(name + ": numbers that are not positive");
            }
            for (int i = 0; i < load.length; i++) {
                double before = i == 0 ? 0 : load[i - 1];
                if (!(load[i] > before && load[i] <= 1) || !(loadedNanos[i] >= 0)) {
                    throw new IllegalArgumentException(name + ": the curve at " + load[i]);
                }
            }
        }

        /** The latency at a share of the bandwidth, in nanoseconds. */
        public double latencyAt(double share) {
            double from = 0;
            double fromNanos = 0;
            for (int i = 0; i < load.length; i++) {
                if (share <= load[i]) {
                    double part = (share - from) / (load[i] - from);
                    return latencyNanos + fromNanos + part * (loadedNanos[i] - fromNanos);
                }
                from = load[i];
                fromNanos = loadedNanos[i];
            }
            return latencyNanos + fromNanos;
        }

        /**
         * The demand as a share of the bandwidth; above 1 when it is more than the device gives.
         *
         * @param reads bytes read in a nanosecond
         * @param writes bytes written in a nanosecond
         */
        public double share(double reads, double writes) {
            return Math.max(
                    Math.max(reads / readBandwidth, writes / writeBandwidth),
                    (reads + writes) / mixedBandwidth);
        }
    }
}
