package io.emucxl.runtime;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * Gives the memory of arrays back whose handle is unreachable.
 *
 * <p>The collector enqueues the block of a dead handle; from then on the block is in quarantine
 * until a {@linkplain GracePeriod grace period} that began later is over. As a grace period makes
 * the JIT compile the program's hot loops again, many blocks share one: it begins when the
 * quarantine holds a good part of the space, but not within a second of the last; or when a block
 * has waited long; or at once, when a tier is short.
 */
final class Reclamation {
    private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
    private static final Object LOCK = new Object();

    /** Held by the one thread that asks the collector; taken before {@link #LOCK}. */
    private static final Object SHORTAGE = new Object();

    /** The share of the space that the quarantine may hold, as a divisor. */
    private static final int QUARANTINE_SHARE = 16;

    private static final long NANOS_BETWEEN = 1_000_000_000L;
    private static final long NANOS_AT_MOST = 30_000_000_000L;

    /** How long a shortage waits for the collector's references, in all and after the last one. */
    private static final long NANOS_FOR_COLLECTOR = 2_000_000_000L;

    private static final long MILLIS_QUIET = 4;
    private static final int COLLECTIONS = 30;
    private static final int FRUITLESS = 2;

    private static Block quarantine;
    private static long quarantineBytes;
    private static long lastPeriod;
    private static long arrivals;
    private static long givenBack;
    private static Reference<?> awaited;

    private Reclamation() {}

    /** Found by the collector together with the handles that died before it was made. */
    private static final class Sentinel extends PhantomReference<Object> {
        Sentinel() {
            super(new Object(), QUEUE);
        }
    }

    private static final class Reclaimer extends Thread {
        Reclaimer() {
            super(null, null, "emucxl-reclamation", 0, false);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                try {
                    long nanos = nanosToWait();
                    Reference<?> first =
                            nanos < 0 ? QUEUE.remove() : QUEUE.remove(1 + nanos / 1_000_000);
                    receive(first);
                } catch (InterruptedException e) {
                    // Nobody's way to stop it: the memory of dead arrays is needed to the end.
                }
            }
        }
    }

    static void start() {
        lastPeriod = System.nanoTime();
        new Reclaimer().start();
    }

    /** Watches over a new array. */
    static void add(TieredArray handle, long address, long bytes, int target) {
        Blocks.add(handle, QUEUE, address, bytes, target);
    }

    /** How long until the quarantine has waited enough; below 0 when it is empty. */
    private static long nanosToWait() {
        synchronized (LOCK) {
            if (quarantine == null) {
                return -1;
            }
            long between = quarantineIsLarge() ? NANOS_BETWEEN : NANOS_AT_MOST;
            return Math.max(0, lastPeriod + between - System.nanoTime());
        }
    }

    private static boolean quarantineIsLarge() {
        long capacity = Space.SPACE.capacity(0) + Space.SPACE.capacity(1);
        return quarantineBytes > capacity / QUARANTINE_SHARE;
    }

    /** Takes what is in the queue; the only one to do so, as a reference in no list is lost. */
    private static void receive(Reference<?> first) {
        synchronized (LOCK) {
            for (Reference<?> r = first; r != null; r = QUEUE.poll()) {
                arrivals++;
                if (r instanceof Block block) {
                    if (quarantine == null) {
                        lastPeriod = Math.max(lastPeriod, System.nanoTime() - NANOS_BETWEEN);
                    }
                    block.quarantined = quarantine;
                    quarantine = block;
                    quarantineBytes += block.bytes;
                } else if (r == awaited) {
                    awaited = null;
                }
            }
            LOCK.notifyAll();
            if (quarantine != null && nanosToWait() == 0) {
                release();
            }
        }
    }

    /** Ends the quarantine: one grace period for all that is in it. */
    private static void release() {
        Block dead = quarantine;
        if (dead == null) {
            return;
        }
        quarantine = null;
        quarantineBytes = 0;
        GracePeriod.await();
        lastPeriod = System.nanoTime();
        while (dead != null) {
            Block next = dead.quarantined;
            dead.quarantined = null;
            givenBack += dead.bytes;
            Blocks.remove(dead);
            Space.SPACE.free(dead.address);
            dead = next;
        }
    }

    /**
     * Allocates when the tiers have no room: gives back what is dead, then asks the collector, for
     * as long as that finds something; other threads may be quicker to take it.
     *
     * @return 0 when there is no room after that
     */
    static long allocateWhenShort(long bytes, int tier) {
        synchronized (SHORTAGE) {
            long address = Allocation.take(bytes, tier);
            int fruitless = 0;
            for (int i = 0; address == 0 && fruitless < FRUITLESS && i < COLLECTIONS; i++) {
                long before = givenBack();
                if (i > 0) {
                    awaitCollector();
                }
                synchronized (LOCK) {
                    release();
                    address = Allocation.take(bytes, tier);
                    fruitless = i == 0 || givenBack > before ? 0 : fruitless + 1;
                }
            }
            return address;
        }
    }

    private static long givenBack() {
        synchronized (LOCK) {
            return givenBack;
        }
    }

    /** Asks the collector, and gives back what it found. */
    static long collect() {
        synchronized (SHORTAGE) {
            long before = givenBack();
            awaitCollector();
            synchronized (LOCK) {
                release();
                return givenBack - before;
            }
        }
    }

    /** Runs the collector and waits until the references that it found have arrived. */
    private static void awaitCollector() {
        Sentinel sentinel = new Sentinel();
        synchronized (LOCK) {
            awaited = sentinel;
        }
        System.gc();
        synchronized (LOCK) {
            awaitArrivals(sentinel);
        }
    }

    /**
     * Waits until the sentinel is here, and then until no more references come: the collector's are
     * enqueued in any order.
     */
    private static void awaitArrivals(Sentinel sentinel) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + NANOS_FOR_COLLECTOR;
        long seen = -1;
        while (System.nanoTime() < deadline && (awaited == sentinel || seen != arrivals)) {
            seen = awaited == sentinel ? -1 : arrivals;
            try {
                LOCK.wait(MILLIS_QUIET);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        awaited = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
