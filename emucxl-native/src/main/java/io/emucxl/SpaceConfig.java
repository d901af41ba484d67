package io.emucxl;

/**
 * What a space is started with. Zero, a node of -1 and {@link Backend#AUTO} leave the choice to the
 * environment ({@code EMUCXL_BACKEND}, {@code EMUCXL_REGION_SIZE}, {@code EMUCXL_LOCAL_NODE},
 * {@code EMUCXL_LOCAL_CAPACITY}, {@code EMUCXL_REMOTE_NODE}, {@code EMUCXL_REMOTE_CAPACITY}), and
 * then to the library.
 *
 * @param backend where pages come from
 * @param regionBytes size of a region, a power of two from 64 KiB to 1 GiB; by default 2 MiB
 * @param localNode the machine's node that is the local tier; the emulated backend ignores it
 * @param localCapacity bytes that regions may take there, at least one region; by default the
 *     node's memory, or half of the machine's when emulated
 * @param remoteNode the machine's node that is the remote tier
 * @param remoteCapacity bytes that regions may take there
 */
public record SpaceConfig(
        Backend backend,
        long regionBytes,
        int localNode,
        long localCapacity,
        int remoteNode,
        long remoteCapacity) {

    /** Everything as the environment and the library have it. */
    public static final SpaceConfig DEFAULT = new SpaceConfig(Backend.AUTO, 0, -1, 0, -1, 0);

    /**
     * Checks that no size is negative.
     *
     * @throws IllegalArgumentException if one is
     */
    public SpaceConfig {
        if (backend == null) {
            throw new NullPointerException("backend");
        }
        if (regionBytes < 0 || localCapacity < 0 || remoteCapacity < 0) {
            throw new IllegalArgumentException("a negative size");
        }
    }
}
