package io.emucxl.runtime;

/**
 * Recognises the lines that a prefetcher would have fetched ahead: those next to a line that the
 * thread accessed a short while ago. Used by one thread at a time.
 */
final class Streams {
    private static final int RECENT = 256;

    private final long[] recent = new long[RECENT];

    Streams() {
        forget();
    }

    void forget() {
        java.util.Arrays.fill(recent, -2);
    }

    /** Takes note of a line, and says whether it continues a stream upwards or downwards. */
    boolean follows(long line) {
        boolean follows =
                recent[index(line - 1)] == line - 1 || recent[index(line + 1)] == line + 1;
        recent[index(line)] = line;
        return follows;
    }

    private static int index(long line) {
        return (int) (CacheFilter.mix(line) & (RECENT - 1));
    }
}
