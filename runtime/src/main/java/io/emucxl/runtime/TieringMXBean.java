package io.emucxl.runtime;

import java.io.IOException;
import java.util.Map;

/**
 * The counters of the tiering engine, as the JMX bean {@code io.emucxl:type=Tiering}. It is there
 * once data was placed, when the JVM has the module java.management. Counters count from the start
 * of the program.
 */
public interface TieringMXBean {
    /** Sampling windows opened. */
    long getWindows();

    /** Nanoseconds that windows were open. */
    long getWindowNanos();

    /** The share of time that windows are open now, adapted to the overhead budget. */
    double getDuty();

    /** Sampled accesses that hit the local tier. */
    long getLocalSamples();

    /** Sampled accesses that hit the remote tier. */
    long getRemoteSamples();

    /** Sampled reads of both tiers. */
    long getSampledReads();

    /** Sampled writes of both tiers. */
    long getSampledWrites();

    /** Periods: times that marks were gathered. */
    long getPeriods();

    /** Nanoseconds spent in the policy. */
    long getDecideNanos();

    /** The longest decision of the policy, in nanoseconds. */
    long getLongestDecideNanos();

    /** Regions moved to the local tier. */
    long getPromotions();

    /** Regions moved to the remote tier. */
    long getDemotions();

    /** Bytes moved in both directions. */
    long getBytesMoved();

    /** Nanoseconds spent in moving. */
    long getMoveNanos();

    /** Moves that the node refused: no room, or pages that cannot be moved. */
    long getFailedMoves();

    /** Moves that the policy asked for and that were not tried: over budget, or senseless. */
    long getRefusedMoves();

    /** Times that the policy threw something. */
    long getPolicyFailures();

    /** Nanoseconds that threads waited for modelled devices; 0 when none is charged. */
    long getChargedNanos();

    /**
     * Accesses that waited for the local tier's memory, as the model of the CPU's cache says; an
     * estimate, 0 when no device is charged.
     */
    long getLocalMisses();

    /** The same for the remote tier. */
    long getRemoteMisses();

    /** Flips of the grace period, after each of which freed memory is used again. */
    long getGracePeriods();

    /** The bytes that regions of the local tier occupy. */
    long getLocalUsed();

    /** The bytes that regions of the remote tier occupy. */
    long getRemoteUsed();

    /** The bytes that regions of the local tier may occupy. */
    long getLocalCapacity();

    /** The bytes that regions of the remote tier may occupy. */
    long getRemoteCapacity();

    /** Live local bytes by target; counted now, by a walk over all placed arrays. */
    Map<String, Long> getLocalBytesByTarget();

    /** Live remote bytes by target; counted now, by a walk over all placed arrays. */
    Map<String, Long> getRemoteBytesByTarget();

    /**
     * Writes the report of {@code emucxl.report} now.
     *
     * @param file where to
     * @throws IOException when it cannot be written
     */
    void writeReport(String file) throws IOException;
}
