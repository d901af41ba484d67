package io.emucxl.kv;

/**
 * What a store holds, and what it did since it was made.
 *
 * @param localObjects objects in local memory
 * @param remoteObjects objects in remote memory
 * @param localBytes bytes of their blocks
 * @param remoteBytes bytes of their blocks
 * @param localGets gets that found their object in local memory
 * @param remoteGets gets that found it in remote memory
 * @param missedGets gets of keys that the store does not have
 * @param promotions objects moved to local memory
 * @param demotions objects moved to remote memory
 * @param expired objects that were deleted because their time had come
 */
public record Statistics(
        long localObjects,
        long remoteObjects,
        long localBytes,
        long remoteBytes,
        long localGets,
        long remoteGets,
        long missedGets,
        long promotions,
        long demotions,
        long expired) {

    /** The share of successful gets that were served from local memory; 0 before the first. */
    public double localShare() {
        long found = localGets + remoteGets;
        return found == 0 ? 0 : (double) localGets / found;
    }
}
