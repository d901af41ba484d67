package io.emucxl.runtime;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;

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
    private static final long HUGE_PAGE = 2L << 20;
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 512L << 20;

    /** The memory to measure beside a cache of this size, in bytes. */
    public static long bytesFor(long cacheBytes) {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Long.highestOneBit(4 * cacheBytes)));
    }

    /**
     * Measures the memory that stands for both tiers of the emulated backend, as the runtime has it
     * when a device is charged: in huge pages. Takes about half a second.
     *
     * @param bytes how much of it, at least 16 MiB
     * @throws io.emucxl.EmucxlException when there is no room for it
     * @throws IllegalStateException when the library runs already, with other settings
     */
    public static Calibration ofEmulated(long bytes) {
        SpaceConfig config =
                new SpaceConfig(Backend.EMULATED, HUGE_PAGE, -1, 2 * bytes, -1, 2 * bytes);
        try (RegionSpace space = RegionSpace.start(config)) {
            space.adviseHugePages();
            Calibration calibration = ofTier(space, 0, bytes);
            if (calibration == null) {
                throw new IllegalStateException("no room for " + bytes + " bytes to measure");
            }
            return calibration;
        }
    }

    /**
     * Measures memory of a tier. Takes about half a second.
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
