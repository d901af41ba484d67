package io.emucxl.runtime;

/**
 * Tells when what is known of heat says little about what is accessed now: when the program begins
 * to use its data, when the data has grown much, and when accesses have left the local tier. Then
 * sampling more for a moment is worth more than at other times.
 */
final class Novelty {
    /** How long it holds at least. */
    static final long NANOS = 2_000_000_000L;

    /** How long it holds at most, when little is accessed. */
    private static final long LONGEST = 5 * NANOS;

    /**
     * The marks per region that it holds for: a program that fills its data for seconds before it
     * uses it is still sampled when it does.
     */
    private static final long MARKS = 100;

    private static final double GROWTH = 1.5;
    private static final double FALL = 0.2;
    private static final double SMOOTHING = 0.05;
    private static final long FEWEST_MARKS = 200;

    private boolean begun;
    private long since;
    private long marked;
    private long known;
    private double share = -1;

    /**
     * Takes account of a period.
     *
     * @param regions how many are in use on both tiers
     * @param localMarks the sampled accesses of local regions
     * @param remoteMarks the sampled accesses of remote regions
     * @return whether it is a time to sample more
     */
    boolean saw(long now, long regions, long localMarks, long remoteMarks) {
        long marks = localMarks + remoteMarks;
        marked += marks;
        if (marks > 0 && regions > GROWTH * known) {
            known = regions;
            begin(now);
        }
        if (marks >= FEWEST_MARKS) {
            double seen = (double) localMarks / marks;
            if (share < 0) {
                share = seen;
            } else if (seen < share - FALL) {
                share = seen;
                begin(now);
            } else {
                share += SMOOTHING * (seen - share);
            }
        }
        long age = now - since;
        return begun && (age < NANOS || (age < LONGEST && marked < MARKS * regions));
    }

    private void begin(long now) {
        begun = true;
        since = now;
        marked = 0;
    }
}
