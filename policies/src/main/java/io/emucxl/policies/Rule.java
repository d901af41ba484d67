package io.emucxl.policies;

/** When a remote unit that was accessed takes the place of the coldest local one. */
enum Rule {
    /** Never. */
    STAY {
        @Override
        boolean replaces(
                UnitHistory history, int candidate, double previous, int victim, double cost) {
            return false;
        }
    },

    /** When it was accessed twice since the local unit was accessed last. */
    REUSE {
        @Override
        boolean replaces(
                UnitHistory history, int candidate, double previous, int victim, double cost) {
            return previous > history.last(victim);
        }
    },

    /** When it had more heat, and by enough to pay for the move. */
    FREQUENCY {
        @Override
        boolean replaces(
                UnitHistory history, int candidate, double previous, int victim, double cost) {
            return history.heat(candidate) > history.heat(victim) + cost * history.weight();
        }
    },

    /** Always, unless the local unit was accessed as lately. */
    RECENCY {
        @Override
        boolean replaces(
                UnitHistory history, int candidate, double previous, int victim, double cost) {
            return !history.isRecent(victim);
        }
    };

    /**
     * Whether a candidate takes the place of a victim.
     *
     * @param history what is known of all units; heat is from before this period
     * @param candidate a remote unit that was accessed in this period
     * @param previous the period of the candidate's access before this one
     * @param victim the coldest local unit
     * @param cost the accesses that must become local for a move to pay
     */
    abstract boolean replaces(
            UnitHistory history, int candidate, double previous, int victim, double cost);

    /** Whether the coldest unit is the one with the least heat, not the longest unused. */
    boolean byHeat() {
        return this == FREQUENCY;
    }
}
