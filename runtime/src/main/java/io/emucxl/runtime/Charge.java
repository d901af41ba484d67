package io.emucxl.runtime;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** How fast the known load of a device follows what a thread sees of it. */
    private static final double SMOOTHING = 0.3;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final DeviceModel MODEL = TieredRuntime.model();
    private static final NativeLatency HERE = ON ? NativeLatency.measured(MODEL) : null;
    private static final Account[] ACCOUNTS = accounts();
    private static final CacheFilter CACHE = ON ? new CacheFilter(MODEL.cacheBytes()) : null;
    private static final long NODES = ON ? Space.SPACE.nodeTable() : 0;
    private static final int REGION_LINES = ON ? Space.SHIFT - Trace.LINE_SHIFT : 0;

    /** How busy the devices are; written without synchronization by whoever settles. */
    private static final double[] LOAD = new double[2];

    private static final AtomicInteger UNSETTLED = new AtomicInteger();
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
        long now = System.nanoTime();
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = new Account(MODEL, HERE, now);
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
        if (account.active && (state == SETTLE || account.window != window)) {
            settle(account, slot);
            return false;
        }
        if (state == OPEN && !account.active) {
            account.active = true;
            account.window = window;
            UNSETTLED.incrementAndGet();
            Trace.clear(slot);
            account.looksBefore = Trace.looks(slot);
            account.begun = System.nanoTime();
        }
        return account.active;
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
        if (!settled()) {
            return false;
        }
        Window.state(CLOSED);
        return true;
    }

    static boolean settled() {
        return UNSETTLED.get() == 0;
    }

    private static void settle(Account account, int slot) {
        long now = System.nanoTime();
        long looks = Trace.looks(slot);
        account.active = false;
        if (UNSETTLED.decrementAndGet() == 0 && Window.state() == SETTLE) {
            Window.open = false;
            Window.state(CLOSED);
        }
        long sampled = looks - account.looksBefore;
        double sampledNanos = now - account.begun;
        double perLook = sampledNanos / sampled;
        long unsampled = looks - account.looksPaid - sampled;
        if (unsampled > 0) {
            perLook = Math.min(perLook, (double) (account.begun - account.paid) / unsampled);
        }
        double all = Math.max(sampled, looks - account.looksPaid);
        price(account, slot, all / sampled);
        for (int tier = 0; tier < 2; tier++) {
            if (MODEL.device(tier) != null) {
                int misses = Math.min(account.missedCount[tier], NativeLatency.REGIONS);
                HERE.measure(tier, account.missed[tier], misses, now, account.times);
            }
        }
        // What recording has cost is paid already.
        double debt =
                owed(account, all * perLook, now) - Math.max(0, sampledNanos - sampled * perLook);
        long until = now + (long) debt;
        long time = System.nanoTime();
        while (time - until < 0) {
            Thread.onSpinWait();
            time = System.nanoTime();
        }
        // Settling itself is no wait, where the device has nothing to add.
        account.charged((long) Math.max(0, debt));
        account.paid = time;
        account.looksPaid = Trace.looks(slot);
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
            int answer = CACHE.access(line, (access & 1) != 0);
            boolean follows = streams.follows(line);
            if (answer != CacheFilter.HIT) {
                int tier = U.getByte(NODES + (line >>> REGION_LINES)) & 1;
                prices.access(tier, answer, follows);
                if ((answer & CacheFilter.READ) == 0) {
                    continue;
                }
                if (follows) {
                    if (streams.continuesEdge(line)) {
                        prices.follows(tier);
                    }
                    continue;
                }
                account.missed(tier, (int) (line >>> REGION_LINES));
                if (n - (accesses - kept) < Streams.EDGE) {
                    streams.begins(line);
                }
            }
        }
        if (kept > 0) {
            prices.scale(factor * accesses / kept);
        }
    }

    private static double owed(Account account, double nanos, long now) {
        Prices prices = account.prices;
        if (!(nanos > 0)) {
            return 0;
        }
        double latency = prices.latency(nanos, LOAD);
        long since = now - account.paid;
        account.demand(nanos + latency, Long.MAX_VALUE);
        double[] demand = demand(now);
        for (int tier = 0; tier < 2; tier++) {
            LOAD[tier] += SMOOTHING * (demand[tier] - LOAD[tier]);
        }
        double bandwidth = prices.bandwidth(nanos + latency, demand);
        double owed = latency + bandwidth;
        // It will be said anew about as long after the wait as it was before.
        account.demandUntil = now + (long) owed + 3 * since;
        return owed;
    }

    /** The demand of all threads as a share of each device's bandwidth. */
    private static double[] demand(long now) {
        double localReads = 0;
        double localWrites = 0;
        double remoteReads = migrationRate;
        double remoteWrites = 0;
        for (Account account : ACCOUNTS) {
            if (account.demandUntil - now > 0) {
                localReads += account.localReads;
                localWrites += account.localWrites;
                remoteReads += account.remoteReads;
                remoteWrites += account.remoteWrites;
            }
        }
        DeviceModel.Device local = MODEL.device(0);
        DeviceModel.Device remote = MODEL.device(1);
        return new double[] {
            local == null ? 0 : local.share(localReads, localWrites),
            remote == null ? 0 : remote.share(remoteReads, remoteWrites)
        };
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

    /** What all threads have waited for the devices, in nanoseconds. */
    static long chargedNanos() {
        long nanos = 0;
        for (Account account : ACCOUNTS) {
            nanos += account.chargedNanos;
        }
        return nanos;
    }
}
