package io.emucxl.runtime;

/** What the engine counts from the start of the program. */
enum Counter {
    /** Sampling windows opened. */
    WINDOWS("windows"),

    /** Nanoseconds that windows were open. */
    WINDOW_NANOS("windowNanos"),

    /** Sampled reads of local regions. */
    LOCAL_READS("localReads"),

    /** Sampled writes of local regions. */
    LOCAL_WRITES("localWrites"),

    /** Sampled reads of remote regions. */
    REMOTE_READS("remoteReads"),

    /** Sampled writes of remote regions. */
    REMOTE_WRITES("remoteWrites"),

    /** Times that marks were gathered. */
    PERIODS("periods"),

    /** Nanoseconds spent in the policy. */
    DECIDE_NANOS("decideNanos"),

    /** The longest decision of the policy, in nanoseconds. */
    LONGEST_DECIDE_NANOS("longestDecideNanos"),

    /** Regions moved to the local tier. */
    PROMOTIONS("promotions"),

    /** Regions moved to the remote tier. */
    DEMOTIONS("demotions"),

    /** Bytes moved in both directions. */
    BYTES_MOVED("bytesMoved"),

    /** Nanoseconds spent in moving. */
    MOVE_NANOS("moveNanos"),

    /** Moves that the node refused. */
    FAILED_MOVES("failedMoves"),

    /** Moves that the policy asked for and that were not tried. */
    REFUSED_MOVES("refusedMoves"),

    /** Times that the policy threw something. */
    POLICY_FAILURES("policyFailures"),

    /** Nanoseconds that threads waited for modelled devices; {@link Charge} counts them. */
    CHARGED_NANOS("chargedNanos"),

    /** Accesses that waited for the local tier's memory; {@link Charge} estimates them. */
    LOCAL_MISSES("localMisses"),

    /** Accesses that waited for the remote tier's memory; {@link Charge} estimates them. */
    REMOTE_MISSES("remoteMisses");

    /** The name in reports. */
    final String label;

    Counter(String label) {
        this.label = label;
    }
}
