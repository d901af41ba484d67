package io.emucxl.memorymodel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What a thread sees of an array that another one has just made, when it is published safely. */
public final class Publication {
    private Publication() {}

    /** An object with an array in a final field, published by a race (JLS 17.5). */
    @JCStressTest
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "what the constructor wrote")
    @State
    public static class FinalField {
        private Holder published;

        private static final class Holder {
            private final int[] a;

            Holder() {
                a = new int[12];
                a[0] = 1;
                a[11] = 2;
            }
        }

        @Actor
        public void write() {
            published = new Holder();
        }

        @Actor
        public void read(II_Result r) {
            Holder h = published;
            r.r1 = h == null ? -1 : h.a[0];
            r.r2 = h == null ? -1 : h.a[11];
        }
    }

    /** A volatile reference to an array. */
    @JCStressTest
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "what was written before")
    @State
    public static class VolatileReference {
        private volatile long[] a;

        @Actor
        public void write() {
            long[] made = new long[12];
            made[0] = 1;
            made[11] = 2;
            a = made;
        }

        @Actor
        public void read(II_Result r) {
            long[] seen = a;
            r.r1 = seen == null ? -1 : (int) seen[0];
            r.r2 = seen == null ? -1 : (int) seen[11];
        }
    }

    /** A volatile flag that guards the elements of an array. */
    @JCStressTest
    @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "the flag is down")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "what was written before the flag went up")
    @State
    public static class VolatileFlag {
        private final short[] a = new short[12];
        private volatile boolean up;

        @Actor
        public void write() {
            a[5] = 7;
            up = true;
        }

        @Actor
        public void read(II_Result r) {
            boolean seen = up;
            r.r1 = seen ? 1 : 0;
            r.r2 = seen ? a[5] : -1;
        }
    }

    /** Elements guarded by a lock. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after")
    @State
    public static class Lock {
        private final byte[] a = new byte[12];

        @Actor
        public synchronized void write() {
            a[5] = 1;
            a[6] = 1;
        }

        @Actor
        public synchronized void read(II_Result r) {
            r.r1 = a[6];
            r.r2 = a[5];
        }
    }

    /**
     * The control: without synchronization both threads may miss the other's write, and on every
     * machine with store buffers they do.
     */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "in some order")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "in no order")
    @State
    public static class StoreBuffering {
        private final int[] a = new int[64];

        @Actor
        public void one(II_Result r) {
            a[3] = 1;
            r.r1 = a[60];
        }

        @Actor
        public void other(II_Result r) {
            a[60] = 1;
            r.r2 = a[3];
        }
    }
}
