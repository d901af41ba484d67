package io.emucxl.runtime;

/** What a thread owes to the modelled devices. Used by one thread, but for the volatile fields. */
final class Account {
    final Prices prices;
    final Streams streams = new Streams();

    /** By tier, the regions of the last misses, and how many misses there were. */
    final int[][] missed = new int[2][NativeLatency.REGIONS];

    final int[] missedCount = new int[2];

    /** For measurements. */
    final double[] times = NativeLatency.times();

    /** The thread that is being sampled since {@link #begun}; null when none is. */
    volatile Thread sampled;

    /** The window in which that began. */
    int window;

    /** When that began, in the thread's time, and the thread's looks until then. */
    long begun;

    long looksBefore;

    /** When the last debt was paid, in the thread's time, and the thread's looks until then. */
    long paid;

    long looksPaid;

    /** Bytes a nanosecond that the thread reads and writes, by tier, when no device is busy. */
    volatile double localReads;

    volatile double localWrites;
    volatile double remoteReads;
    volatile double remoteWrites;

    /** Until when that holds, unless the thread ends before. */
    private volatile long demandUntil;

    private volatile Thread demander;

    /** What the thread has waited for devices, in nanoseconds. */
    volatile long chargedNanos;

    /** The accesses that have waited for memory, estimated, by tier. */
    volatile double localMisses;

    volatile double remoteMisses;

    private final double[] misses = new double[2];
    private long charged;
    private long thread;

    Account(DeviceModel model, NativeLatency here) {
        prices = new Prices(model, here);
    }

    /**
     * Takes note of the thread that has the account from {@link #begun} on. CPU time begins at 0;
     * of the clock, which virtual threads have, nobody knows where the thread began.
     */
    void of(long number, boolean cpuTime) {
        if (thread != number) {
            thread = number;
            paid = cpuTime ? 0 : begun;
        }
    }

    /** Takes note of a miss. */
    void missed(int tier, int region) {
        missed[tier][missedCount[tier]++ & (NativeLatency.REGIONS - 1)] = region;
    }

    /** Adds to what the thread has waited. */
    void charged(long nanos) {
        charged += nanos;
        chargedNanos = charged;
    }

    /** Adds the misses of {@link #prices}. */
    void countMisses() {
        misses[0] += prices.misses(0);
        misses[1] += prices.misses(1);
        localMisses = misses[0];
        remoteMisses = misses[1];
    }

    /** Says what the thread demands. */
    void demand(double nanos, long until) {
        localReads = prices.reads[0] / nanos;
        localWrites = prices.writes[0] / nanos;
        remoteReads = prices.reads[1] / nanos;
        remoteWrites = prices.writes[1] / nanos;
        demandUntil = until;
        demander = Thread.currentThread();
    }

    /** Whether its thread goes on to demand what it said. */
    boolean demands(long now) {
        Thread thread = demander;
        return thread != null && demandUntil - now > 0 && thread.isAlive();
    }

    /** Holds no thread back that has ended. */
    void forgetTheDead() {
        Thread thread = demander;
        if (thread != null && !thread.isAlive()) {
            demander = null; // another thread that has just said its demand says it again soon
        }
    }
}
