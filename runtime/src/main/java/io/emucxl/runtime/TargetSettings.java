package io.emucxl.runtime;

/**
 * What is wanted for the arrays of one target.
 *
 * @param minBytes arrays with fewer bytes of elements stay on the heap; at least 0
 * @param startTier the tier where its arrays begin: 0 local, 1 remote, -1 the default one
 * @param pin the tier where its arrays stay: 0 local, 1 remote, -1 when they may move
 * @param priority 1 high, 0 normal, -1 low: regions are not demoted to make room for regions of
 *     lower priority, and their accesses weigh four times those of the next lower priority
 */
public record TargetSettings(long minBytes, int startTier, int pin, int priority) {

    /** Bits of {@link #wishes}. */
    static final int PINNED_LOCAL = 1;

    static final int PINNED_REMOTE = 2;
    static final int HIGH = 4;
    static final int LOW = 8;

    /** Checks the ranges. */
    public TargetSettings {
        if (minBytes < 0
                || startTier < Targets.DEFAULT_TIER
                || startTier > 1
                || pin < -1
                || pin > 1
                || priority < -1
                || priority > 1) {
            throw new IllegalArgumentException(
                    "minBytes "
                            + minBytes
                            + ", start tier "
                            + startTier
                            + ", pin "
                            + pin
                            + ", priority "
                            + priority);
        }
    }

    /** The tier where a new array begins, or -1: that of its pin, if it has one. */
    int beginning() {
        return pin >= 0 ? pin : startTier;
    }

    /** What is wanted of the regions in which its arrays lie, as bits; 0 for nothing. */
    byte wishes() {
        int pins = pin < 0 ? 0 : pin == 0 ? PINNED_LOCAL : PINNED_REMOTE;
        int priorities = priority == 0 ? 0 : priority > 0 ? HIGH : LOW;
        return (byte) (pins | priorities);
    }
}
