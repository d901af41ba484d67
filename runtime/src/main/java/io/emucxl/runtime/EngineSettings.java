package io.emucxl.runtime;

/**
 * What the engine is started with.
 *
 * @param windowNanos how long a sampling window stays open, in nanoseconds
 * @param duty the largest share of time that windows are open, above 0 and at most 1
 * @param overhead the share of the program's time that sampling may cost, above 0
 * @param periodNanos the time between two decisions, in nanoseconds
 * @param bytesPerSecond the most that is moved in a second; 0 moves nothing
 * @param headroom the share of the local capacity that migration leaves free
 * @param policy decides what is moved; null when nothing is
 */
record EngineSettings(
        long windowNanos,
        double duty,
        double overhead,
        long periodNanos,
        long bytesPerSecond,
        double headroom,
        PlacementPolicy policy) {}
