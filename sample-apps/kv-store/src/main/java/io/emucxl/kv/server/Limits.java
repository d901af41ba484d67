package io.emucxl.kv.server;

/**
 * What clients may ask for.
 *
 * @param keyBytes longest key
 * @param valueBytes longest value
 * @param requestBytes all arguments of one command together
 * @param arguments of one command
 * @param replyBytes replies that a client has not read yet; a client that lets more pile up is
 *     disconnected
 * @param clients connections at the same time
 */
public record Limits(
        int keyBytes,
        int valueBytes,
        long requestBytes,
        int arguments,
        long replyBytes,
        int clients) {

    /** What Redis allows, but for values (64 MiB) and unread replies (256 MiB). */
    public static final Limits DEFAULT =
            new Limits(512 << 20, 64 << 20, 1L << 30, 1 << 20, 256L << 20, 10_000);

    /** Whether a command may have an argument of this length, and so many bytes with it. */
    boolean allow(int length, long size) {
        // Name, key and value cannot be told apart yet: the larger limit holds.
        return length >= 0 && length <= Math.max(valueBytes, keyBytes) && size <= requestBytes;
    }
}
