package io.emucxl.runtime;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Charges the modelled devices to the threads that access them ({@code docs/device-model.md}).
 *
 * <p>A thread that looks while a window is open begins to be sampled: its accesses are recorded.
 * Its first look after the window settles: what the accesses in the window cost more on the device
 * than here is multiplied by all looks since the last time over those in the window, and the thread
 * waits for so long. Looks, not time, say how much of the program a window stands for: recording
 * makes a program slower, and a thread that sleeps or waits makes no looks.
 *
 * <p>The wait is a loop on the clock: a CPU that waits for memory does nothing else either, and
 * parking would take away a permit that the program may be waiting for.
 */
final class Charge {
    /** No window is open. */
    static final byte CLOSED = 0;

    /** A window is open. */
    static final byte OPEN = 1;

    /** A window was open, and some thread has not settled. */
    static final byte SETTLE = 2;

    /** Whether anything is charged. Settled when {@link TieredRuntime#start} is done. */
    static final boolean ON = TieredRuntime.model() != null;

    /** A look takes so many times what it takes in a window, or the thread was away. */
    private static final double MOST_AWAY = 2;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final DeviceModel MODEL = TieredRuntime.model();
    private static final NativeLatency HERE = ON ? NativeLatency.measured(MODEL) : null;
    private static final Account[] ACCOUNTS = accounts();
    private static final CacheFilter CACHE = ON ? new CacheFilter(MODEL.cacheBytes()) : null;
    private static final long NODES = ON ? Space.SPACE.nodeTable() : 0;
    private static final int REGION_LINES = ON ? Space.SHIFT - Trace.LINE_SHIFT : 0;

    private static volatile int window;

    /** Of the next window. Used by the engine's thread only. */
    private static int number;

    /** Bytes a nanosecond that migration reads and writes on the remote device. */
    private static volatile double migrationRate;

    private Charge() {}

    private static Account[] accounts() {
        if (!ON) {
            return new Account[0];
        }
        Account[] accounts = new Account[Trace.SLOTS];
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = new Account(MODEL, HERE);
        }
        return accounts;
    }

    /**
     * {@link Window#look} when something is charged.
     *
     * @param open the window's flag, read afresh: plain reads that follow are fresh by this one
     */
    @ForceInline
    static boolean look(boolean open) {
        Trace.look();
        byte state = Window.state();
        return (open || state != CLOSED) && look(state);
    }

    @DontInline
    private static boolean look(byte state) {
        int slot = Trace.slot();
        Account account = ACCOUNTS[slot];
        boolean sampled = account.sampled != null;
        if (sampled && (state == SETTLE || account.window != window)) {
            settle(account, slot);
            return false;
        }
        if (state == OPEN && !sampled) {
            account.window = window;
            account.sampled = Thread.currentThread();
            account.begun = CpuTime.nanos();
            account.of(Trace.thread(), CpuTime.counted());
            Trace.clear(slot);
            account.looksBefore = Trace.looks(slot);
            return true;
        }
        return sampled;
    }

    /** Called on the engine's thread. */
    static void open() {
        window = number++;
        Window.state(OPEN);
    }

    /**
     * Called on the engine's thread when a window ends. Its flag stays up for threads that have not
     * settled: their loops go on recording until they look again, wherever the JIT lets them read
     * the flag, so that looks and accesses belong together.
     *
     * @return whether all threads have settled
     */
    static boolean close() {
        Window.state(SETTLE);
        for (Account account : ACCOUNTS) {
            Thread thread = account.sampled;
            if (thread != null && !thread.isAlive()) {
                account.sampled = null; // whoever has its slot next pays for it
            }
            account.forgetTheDead();
        }
        closeIfSettled();
        return Window.state() == CLOSED;
    }

    /**
     * Whether all threads have settled that are sampled since the last window began. One that has
     * slept through several may sleep for long.
     */
    static boolean settled() {
        for (Account account : ACCOUNTS) {
            if (account.sampled != null && account.window == window) {
                return false;
            }
        }
        return true;
    }

    private static void closeIfSettled() {
        for (Account account : ACCOUNTS) {
            if (account.sampled != null) {
                return;
            }
        }
        if (Window.state() == SETTLE) {
            Window.open = false;
            Window.state(CLOSED);
        }
    }

    private static void settle(Account account, int slot) {
        long now = System.nanoTime();
        long cpu = CpuTime.nanos();
        long looks = Trace.looks(slot);
        account.sampled = null;
        closeIfSettled();
        long sampled = looks - account.looksBefore;
        double sampledNanos = cpu - account.begun;
        double perLook = sampledNanos / sampled;
        long unsampled = looks - account.looksPaid - sampled;
        if (unsampled > 0 && account.begun > account.paid) {
            double without = (double) (account.begun - account.paid) / unsampled;
            perLook = Math.min(without, MOST_AWAY * perLook);
        }
        double all = Math.max(sampled, looks - account.looksPaid);
        measure(account, now);
        price(account, slot, all / sampled);
        // What recording has cost is paid already.
        double debt =
                owed(account, all * perLook, now) - Math.max(0, sampledNanos - sampled * perLook);
        long until = now + (long) debt;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        // Settling itself is no wait, where the device has nothing to add.
        account.charged((long) Math.max(0, debt));
        account.paid = CpuTime.nanos();
        account.looksPaid = Trace.looks(slot);
    }

    /** Before pricing, while the caches still hold what the program has left in them. */
    private static void measure(Account account, long seed) {
        for (int tier = 0; tier < 2; tier++) {
            if (MODEL.device(tier) != null) {
                int misses = Math.min(account.missedCount[tier], NativeLatency.REGIONS);
                HERE.measure(tier, account.missed[tier], misses, seed, account.times);
            }
        }
    }

    /** Counts what the recorded accesses cost. */
    private static void price(Account account, int slot, double factor) {
        Prices prices = account.prices;
        Streams streams = account.streams;
        Arrays.fill(account.missedCount, 0);
        prices.clear();
        streams.forget();
        long accesses = Trace.accesses(slot);
        long kept = Math.min(accesses, Trace.RING);
        for (long n = accesses - kept; n < accesses; n++) {
            long access = Trace.access(slot, n);
            long line = access >>> 1;
            int tier = U.getByte(NODES + (line >>> REGION_LINES)) & 1;
            boolean follows = streams.follows(line);
            boolean modelled = CACHE.models(line);
            int answer = modelled ? CACHE.access(line, (access & 1) != 0) : CacheFilter.HIT;
            prices.access(tier, answer, follows);
            boolean read = (answer & CacheFilter.READ) != 0;
            if (follows) {
                if ((read || !modelled) && streams.continuesEdge(line)) {
                    prices.follows(tier);
                }
            } else if (read) {
                account.missed(tier, (int) (line >>> REGION_LINES));
                if (n - (accesses - kept) < Streams.EDGE) {
                    streams.begins(line);
                }
            }
        }
        if (kept > 0) {
            prices.scale(factor * accesses / kept * CACHE.parts());
            account.countMisses();
        }
    }

    private static double owed(Account account, double nanos, long now) {
        Prices prices = account.prices;
        if (!(nanos > 0)) {
            return 0;
        }
        double[] others = others(account, now);
        double latency = prices.latencyBeside(nanos, others);
        double bandwidth =
                prices.bandwidth(nanos + latency, prices.demand(nanos + latency, others));
        double owed = latency + bandwidth;
        // It will be said anew when the thread has done as much again, unless it sleeps.
        account.demand(nanos + latency, now + (long) (owed + 3 * nanos));
        return owed;
    }

    /** What other threads and the migration demand: local reads and writes, and remote ones. */
    private static double[] others(Account own, long now) {
        double[] sum = {0, 0, migrationRate, 0};
        for (Account account : ACCOUNTS) {
            if (account != own && account.demands(now)) {
                sum[0] += account.localReads;
                sum[1] += account.localWrites;
                sum[2] += account.remoteReads;
                sum[3] += account.remoteWrites;
            }
        }
        return sum;
    }

    /** How long the remote device takes to move so many bytes to a tier, in nanoseconds. */
    static double moveNanos(long bytes, int tier) {
        DeviceModel.Device remote = MODEL.device(1);
        return remote == null
                ? 0
                : bytes / (tier == 0 ? remote.readBandwidth() : remote.writeBandwidth());
    }

    /** Says how much migration has moved of late. */
    static void migrated(long bytes, long nanos) {
        migrationRate = nanos > 0 ? (double) bytes / nanos : 0;
    }

    /** The accesses of all threads that have waited for the memory of a tier, estimated. */
    static long misses(int tier) {
        double misses = 0;
        for (Account account : ACCOUNTS) {
            misses += tier == 0 ? account.localMisses : account.remoteMisses;
        }
        return Math.round(misses);
    }

    /** What all threads have waited for the devices, in nanoseconds. */
    static long chargedNanos() {
        long nanos = 0;
        for (Account account : ACCOUNTS) {
            nanos += account.chargedNanos;
        }
        return nanos;
    }
}
