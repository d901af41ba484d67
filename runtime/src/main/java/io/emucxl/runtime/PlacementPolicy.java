package io.emucxl.runtime;

/**
 * Decides which units of memory live on which node. A unit is a region when live, and an object of
 * the trace in the simulator: the same code serves both.
 *
 * <p>One instance serves one space. Its methods are called by one thread at a time, and must not
 * block.
 */
public interface PlacementPolicy {

    /** The name by which the policy file and the simulator's command line call this policy. */
    String name();

    /**
     * Called once a period.
     *
     * @param observed what was seen since the last call, and the placement now
     * @param moves takes the moves in the order in which they are to be carried out
     */
    void decide(Observation observed, Moves moves);

    /**
     * What a policy sees. Valid during the call of {@link #decide} only. The placement is the one
     * that is there when the moves that were asked for have been carried out.
     */
    interface Observation {
        /** Nanoseconds on a monotonic clock; in the simulator, the number of accesses so far. */
        long time();

        /** The number of units that were accessed since the last call. */
        int touched();

        /** The {@code k}-th accessed unit, {@code 0 <= k < touched()}, in no particular order. */
        int unit(int k);

        /** Sampled reads of the {@code k}-th accessed unit since the last call. */
        long reads(int k);

        /** Sampled writes of the {@code k}-th accessed unit since the last call. */
        long writes(int k);

        /**
         * The share of all accesses that {@link #reads} and {@link #writes} count. It changes while
         * a program runs: counts of different periods compare when each is divided by it.
         */
        default double sampled() {
            return 1;
        }

        /** One more than the largest unit number ever in use. */
        int units();

        /** The node of a unit, or -1 when the unit is not in use or must not be moved. */
        int node(int unit);

        /** The size of a unit in bytes. */
        long unitBytes();

        /** The bytes that units on this node may occupy, at most. */
        long capacity(int node);

        /** The bytes that units on this node occupy. */
        long used(int node);

        /** The bytes that may be moved in this period, at most; both directions count. */
        long moveBudget();

        /**
         * The number of remote accesses, in the measure of {@link #reads} and {@link #writes}, that
         * must become local for the move of one unit to pay. Zero when moves are free.
         */
        default double moveCost() {
            return 0;
        }
    }

    /** Takes the decisions of a policy. */
    interface Moves {
        /**
         * Asks for a unit to be moved. A move that the node has no room for fails and is counted.
         *
         * @param unit the unit
         * @param node the node that it is to live on
         */
        void move(int unit, int node);
    }
}
