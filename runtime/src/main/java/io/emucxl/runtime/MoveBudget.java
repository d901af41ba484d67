package io.emucxl.runtime;

/**
 * The bytes that may be moved now: so many a second, of which a batch can be saved up.
 *
 * <p>A budget smaller than a region in a period saves up for one region.
 */
final class MoveBudget {
    private final long bytesPerSecond;
    private final double batch;
    private final double perPeriod;
    private double saved;
    private long time;

    MoveBudget(Tuning tuning, long regionBytes, long now) {
        bytesPerSecond = tuning.policy() == null ? 0 : tuning.bytesPerSecond();
        double inPeriod = bytesPerSecond * (tuning.periodNanos() / 1e9);
        batch = Math.max((double) regionBytes, Math.min(inPeriod, (double) tuning.batchBytes()));
        perPeriod =
                bytesPerSecond == 0
                        ? 0
                        : Math.max(
                                (double) regionBytes,
                                Math.min(inPeriod, (double) tuning.inFlightBytes()));
        time = now;
    }

    /** The bytes that a policy may ask for in a period. */
    long perPeriod() {
        return (long) perPeriod;
    }

    /** Takes so many bytes out of the budget, unless it is short of them. */
    boolean take(long bytes, long now) {
        if (now > time) {
            saved = Math.min(batch, saved + bytesPerSecond * ((now - time) / 1e9));
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
