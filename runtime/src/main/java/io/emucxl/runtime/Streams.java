package io.emucxl.runtime;

/**
 * Recognises the lines that a prefetcher would have fetched ahead: those next to a line that the
 * thread accessed a short while ago. Used by one thread at a time.
 */
final class Streams {
    private static final int RECENT = 256;

    /** Streams that the first accesses begin have begun before: so many accesses. */
    static final int EDGE = 64;

    private final long[] recent = new long[RECENT];
    private final long[] edge = new long[EDGE];
    private int edges;

    Streams() {
        forget();
    }

    void forget() {
        java.util.Arrays.fill(recent, -2);
        edges = 0;
    }

    /** Takes note of a line, and says whether it continues a stream upwards or downwards. */
    boolean follows(long line) {
        boolean follows =
                recent[index(line - 1)] == line - 1 || recent[index(line + 1)] == line + 1;
        recent[index(line)] = line;
        return follows;
    }

    /** Takes note of a line, one of the first accessed, that continues no known stream. */
    void begins(long line) {
        edge[edges++] = line;
    }

    /** Whether a line that continues a stream shows that one of the first lines did as well. */
    boolean continuesEdge(long line) {
        for (int i = 0; i < edges; i++) {
            if (Math.abs(edge[i] - line) == 1) {
                edge[i] = edge[--edges];
                return true;
            }
        }
        return false;
    }

    private static int index(long line) {
        return (int) (CacheFilter.mix(line) & (RECENT - 1));
    }
}
