package io.emucxl.runtime;

import io.emucxl.RegionSpace;

/**
 * What the memory of a tier really does, measured on the machine at hand: what device profiles are
 * charged against.
 *
 * <p>The latency is that of pointer chasing: every address is read from the line before, in a
 * random order that visits each line once, over far more memory than a cache holds. The bandwidth
 * is that of one thread a CPU, eight at most, each of which adds up a part of the same memory from
 * its start to its end. The median of several rounds counts.
 *
 * @param latencyNanos the time of an access, in nanoseconds
 * @param readBandwidth bytes in a nanosecond (10^9 bytes in a second) that all threads read
 * @param bytes how much memory was measured
 */
public record Calibration(double latencyNanos, double readBandwidth, long bytes) {
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 512L << 20;

    /** The memory to measure beside a cache of this size, in bytes. */
    public static long bytesFor(long cacheBytes) {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Long.highestOneBit(4 * cacheBytes)));
    }

    /**
     * Measures memory of this process, wherever the system puts it. Takes about half a second.
     *
     * @param bytes how much of it, at least 16 MiB
     */
    public static Calibration ofProcess(long bytes) {
        return MemoryProbe.ofProcess(bytes);
    }

    /**
     * Measures memory of a tier.
     *
     * @param space the region space, which must not be closed meanwhile
     * @param tier 0 local, 1 remote
     * @param bytes how much of it, at least 16 MiB
     * @return the figures, or null when the tier has no room for so much
     */
    public static Calibration ofTier(RegionSpace space, int tier, long bytes) {
        long address = space.allocate(bytes, tier);
        if (address == 0) {
            return null;
        }
        try {
            return MemoryProbe.measure(address, bytes);
        } finally {
            space.free(address);
        }
    }
}
