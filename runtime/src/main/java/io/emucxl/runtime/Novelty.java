package io.emucxl.runtime;

/**
 * Tells when what is known of heat says little about what is accessed now: when the program begins
 * to use its data, when the data has grown much, and when accesses have left the local tier. Then
 * sampling more for a moment is worth more than at other times.
 */
final class Novelty {
    /** How long it holds. */
    static final long NANOS = 2_000_000_000L;

    private static final double GROWTH = 1.5;
    private static final double FALL = 0.2;
    private static final double SMOOTHING = 0.05;
    private static final long FEWEST_MARKS = 200;

    private long until = Long.MIN_VALUE;
    private long known;
    private double share = -1;

    /**
     * Takes account of a period.
     *
     * @param used the bytes in use on both tiers
     * @param localMarks the sampled accesses of local regions
     * @param remoteMarks the sampled accesses of remote regions
     * @return whether it is a time to sample more
     */
    boolean saw(long now, long used, long localMarks, long remoteMarks) {
        long marks = localMarks + remoteMarks;
        if (marks > 0 && used > GROWTH * known) {
            known = used;
            until = now + NANOS;
        }
        if (marks >= FEWEST_MARKS) {
            double seen = (double) localMarks / marks;
            if (share < 0) {
                share = seen;
            } else if (seen < share - FALL) {
                share = seen;
                until = now + NANOS;
            } else {
                share += SMOOTHING * (seen - share);
            }
        }
        return until != Long.MIN_VALUE && now - until < 0;
    }
}
