package io.emucxl.policies;

/**
 * Running comparison of some rules by what each would have gained, and the choice among them.
 *
 * <p>A rule takes the lead when its gain over the leader, in a window that fades out exponentially,
 * exceeds what chance explains: a number of standard deviations of their difference. Rules go by
 * number; number {@link #STAY} is to stay.
 */
final class Contest {
    static final int STAY = 0;

    private final double[] gain;
    private final double[][] variance;
    private int leader;

    Contest(int rules, int leader) {
        this.gain = new double[rules];
        this.variance = new double[rules][rules];
        this.leader = leader;
    }

    int leader() {
        return leader;
    }

    /**
     * Takes the result of a period and chooses the leader.
     *
     * @param gains for each rule the accesses that it made local, less the cost of its moves
     * @param noise for each two rules the variance of the difference of their gains
     * @param fade the weight that what was before this period keeps, below 1
     * @param confidence the standard deviations that a rule must lead by
     * @param doubt the standard deviations that staying must lead by: fewer, as it costs nothing
     */
    int judge(double[] gains, double[][] noise, double fade, double confidence, double doubt) {
        int now = leader;
        double best = 0;
        for (int i = 0; i < gain.length; i++) {
            gain[i] = gain[i] * fade + gains[i];
            for (int j = 0; j < gain.length; j++) {
                variance[i][j] = variance[i][j] * fade + noise[i][j];
            }
        }
        for (int i = 0; i < gain.length; i++) {
            double deviations = i == STAY ? doubt : confidence;
            // Half an access, so that a lead of nothing over nothing is none.
            double lead = gain[i] - gain[now] - deviations * Math.sqrt(variance[i][now]) - 0.5;
            if (lead > best) {
                best = lead;
                leader = i;
            }
        }
        return leader;
    }

    /** Lets staying start level with the leader: it now stays with what the leader has made. */
    void level() {
        gain[STAY] = gain[leader];
        for (int i = 0; i < gain.length; i++) {
            variance[i][STAY] = 0;
            variance[STAY][i] = 0;
        }
    }
}
