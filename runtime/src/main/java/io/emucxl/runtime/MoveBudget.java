package io.emucxl.runtime;

/**
 * The bytes that may be moved now: so many a second, saved up for at most one period.
 *
 * <p>A budget smaller than a region in a period saves up for one region.
 */
final class MoveBudget {
    private final long bytesPerSecond;
    private final double most;
    private double saved;
    private long time;

    MoveBudget(long bytesPerSecond, long periodNanos, long regionBytes, long now) {
        this.bytesPerSecond = bytesPerSecond;
        most =
                bytesPerSecond == 0
                        ? 0
                        : Math.max((double) regionBytes, bytesPerSecond * (periodNanos / 1e9));
        time = now;
    }

    /** The bytes that a policy may ask for in a period. */
    long perPeriod() {
        return (long) most;
    }

    /** Takes so many bytes out of the budget, unless it is short of them. */
    boolean take(long bytes, long now) {
        if (now > time) {
            saved = Math.min(most, saved + bytesPerSecond * ((now - time) / 1e9));
            time = now;
        }
        if (saved < bytes) {
            return false;
        }
        saved -= bytes;
        return true;
    }

    /** The nanoseconds until so many bytes are there. */
    long nanosUntil(long bytes) {
        return bytesPerSecond == 0
                ? Long.MAX_VALUE
                : Math.max(0, (long) Math.ceil((bytes - saved) * 1e9 / bytesPerSecond));
    }
}
