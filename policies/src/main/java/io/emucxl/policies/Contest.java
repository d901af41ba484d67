package io.emucxl.policies;

/**
 * Running comparison of some rules by what each would have gained, and the choice among them.
 *
 * <p>A rule takes the lead when its gain over the leader exceeds what chance explains, in standard
 * deviations of their difference: in a window that fades out exponentially, or by more of them in a
 * shorter one, which tells that what was good is so no longer. Rules go by number; number {@link
 * #STAY} is to stay.
 */
final class Contest {
    /*
     * A move is paid for when it is made, and pays back later. Charged at once, it would make a rule
     * that adapts to a change look bad just while it does the right thing. So the cost is written
     * off over the window, as that of any investment.
     *
     * To stay is the opposite: it saves moves from the first access on, and is missed only when the
     * placement has become old. So it is judged only by a whole window of staying.
     */
    static final int STAY = 0;

    /** The shorter window is this part of the window, and needs so many times the deviations. */
    private static final double SHORTER = 8;

    private static final double SURER = 2;

    private final double[] written;
    private final Score score;
    private final Score lately;
    private int leader;

    Contest(int rules, int leader) {
        this.written = new double[rules];
        this.score = new Score(rules);
        this.lately = new Score(rules);
        this.leader = leader;
    }

    int leader() {
        return leader;
    }

    /**
     * Takes the result of a period and chooses the leader.
     *
     * @param hits for each rule the accesses that it made local
     * @param costs for each rule the cost of its moves
     * @param noise for each two rules the variance of the difference of their hits
     * @param fade the weight that what was before this period keeps, below 1
     * @param confidence the standard deviations that a rule must lead by; half of them are enough
     *     for staying, as it costs nothing
     * @param stayed whether staying has been tried for a window, and may take the lead
     * @param mute the rules that have no answer now: none of them leads, and following one that did
     *     was to stay
     */
    int judge(
            double[] hits,
            double[] costs,
            double[][] noise,
            double fade,
            double confidence,
            boolean stayed,
            boolean[] mute) {
        double[] gains = new double[hits.length];
        for (int i = 0; i < gains.length; i++) {
            written[i] += costs[i];
            double charge = written[i] * (1 - fade);
            written[i] -= charge;
            gains[i] = hits[i] - charge;
        }
        score.add(gains, noise, fade);
        lately.add(gains, noise, Math.pow(fade, SHORTER));
        if (mute[leader]) {
            leader = STAY;
        }
        int best = score.better(leader, confidence, stayed ? confidence / 2 : Double.NaN, mute);
        if (best == leader) {
            best = lately.better(leader, SURER * confidence, Double.NaN, mute);
            if (best != leader) {
                score.become(lately);
            }
        }
        leader = best;
        return leader;
    }

    /** Converts what was counted before: it is so many times as much in the measure of now. */
    void convert(double factor) {
        for (int i = 0; i < written.length; i++) {
            written[i] *= factor;
        }
        score.convert(factor);
        lately.convert(factor);
    }

    /** Lets staying start level with the leader: it now stays with what the leader has made. */
    void level() {
        written[STAY] = written[leader];
        score.level(leader);
        lately.level(leader);
    }

    /** The gains in a window, and how far chance can have made them. */
    private static final class Score {
        private final double[] gain;
        private final double[][] variance;

        Score(int rules) {
            gain = new double[rules];
            variance = new double[rules][rules];
        }

        void add(double[] gains, double[][] noise, double fade) {
            for (int i = 0; i < gain.length; i++) {
                gain[i] = gain[i] * fade + gains[i];
                for (int j = 0; j < gain.length; j++) {
                    variance[i][j] = variance[i][j] * fade + noise[i][j];
                }
            }
        }

        /**
         * The rule that is surest to be better than the leader, or the leader.
         *
         * @param doubt the standard deviations that staying must lead by; NaN when it must not lead
         */
        int better(int leader, double confidence, double doubt, boolean[] mute) {
            int best = leader;
            double most = 0;
            for (int i = 0; i < gain.length; i++) {
                if (mute[i]) {
                    continue;
                }
                double deviations = i == STAY ? doubt : confidence;
                // Half an access, so that a lead of nothing over nothing is none.
                double lead =
                        gain[i] - gain[leader] - deviations * Math.sqrt(variance[i][leader]) - 0.5;
                if (lead > most) {
                    most = lead;
                    best = i;
                }
            }
            return best;
        }

        void become(Score other) {
            for (int i = 0; i < gain.length; i++) {
                gain[i] = other.gain[i];
                System.arraycopy(other.variance[i], 0, variance[i], 0, gain.length);
            }
        }

        void convert(double factor) {
            for (int i = 0; i < gain.length; i++) {
                gain[i] *= factor;
                for (int j = 0; j < gain.length; j++) {
                    variance[i][j] *= factor * factor;
                }
            }
        }

        void level(int leader) {
            gain[STAY] = gain[leader];
            for (int i = 0; i < gain.length; i++) {
                variance[i][STAY] = variance[i][leader];
                variance[STAY][i] = variance[leader][i];
            }
        }
    }
}
