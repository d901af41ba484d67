package io.emucxl.policies.simulator;

/**
 * What a policy made of a trace.
 *
 * @param trace the trace's name
 * @param policy the policy's or the reference's name
 * @param local the local capacity as a part of the trace's units, from 0 to 1
 * @param accesses the accesses
 * @param localHits the accesses that found their unit local
 * @param moves the promotions and demotions, or -1 for a reference that does not move
 */
public record Result(
        String trace, String policy, double local, long accesses, long localHits, long moves) {

    /** The part of the accesses that were local. */
    public double share() {
        return (double) localHits / accesses;
    }
}
