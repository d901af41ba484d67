package io.emucxl.memorymodel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Neighbouring elements are independent of each other (JLS 17.6). */
public final class WordTearing {
    private WordTearing() {}

    /** Of {@code byte[]}. */
    @JCStressTest
    @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "each thread finds all its own writes")
    @State
    public static class Bytes {
        private final byte[] a = new byte[16];

        @Actor
        public void one() {
            for (int i = 0; i < 10; i++) {
                a[6]++;
            }
        }

        @Actor
        public void other() {
            for (int i = 0; i < 10; i++) {
                a[7] = (byte) (a[7] + 2);
            }
        }

        @Arbiter
        public void both(II_Result r) {
            r.r1 = a[6];
            r.r2 = a[7];
        }
    }

    /** Of {@code short[]}. */
    @JCStressTest
    @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "each thread finds all its own writes")
    @State
    public static class Shorts {
        private final short[] a = new short[16];

        @Actor
        public void one() {
            for (int i = 0; i < 10; i++) {
                a[6]++;
            }
        }

        @Actor
        public void other() {
            for (int i = 0; i < 10; i++) {
                a[7] = (short) (a[7] + 2);
            }
        }

        @Arbiter
        public void both(II_Result r) {
            r.r1 = a[6];
            r.r2 = a[7];
        }
    }

    /** Of {@code char[]}. */
    @JCStressTest
    @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "each thread finds all its own writes")
    @State
    public static class Chars {
        private final char[] a = new char[16];

        @Actor
        public void one() {
            for (int i = 0; i < 10; i++) {
                a[6]++;
            }
        }

        @Actor
        public void other() {
            for (int i = 0; i < 10; i++) {
                a[7] = (char) (a[7] + 2);
            }
        }

        @Arbiter
        public void both(II_Result r) {
            r.r1 = a[6];
            r.r2 = a[7];
        }
    }

    /** Of {@code int[]}. */
    @JCStressTest
    @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "each thread finds all its own writes")
    @State
    public static class Ints {
        private final int[] a = new int[16];

        @Actor
        public void one() {
            for (int i = 0; i < 10; i++) {
                a[6]++;
            }
        }

        @Actor
        public void other() {
            for (int i = 0; i < 10; i++) {
                a[7] += 2;
            }
        }

        @Arbiter
        public void both(II_Result r) {
            r.r1 = a[6];
            r.r2 = a[7];
        }
    }

    /** Of {@code boolean[]}. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both writes are there")
    @State
    public static class Booleans {
        private final boolean[] a = new boolean[16];

        @Actor
        public void one() {
            a[6] = true;
        }

        @Actor
        public void other() {
            a[7] = true;
        }

        @Arbiter
        public void both(ZZ_Result r) {
            r.r1 = a[6];
            r.r2 = a[7];
        }
    }

    /** The control: two bytes in one {@code int} are no neighbours, and writes of them get lost. */
    @JCStressTest
    @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "nothing was lost")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "a write of the other byte was lost")
    @State
    public static class Packed {
        private final int[] a = new int[4];

        @Actor
        public void one() {
            for (int i = 0; i < 10; i++) {
                a[2] = (a[2] & ~0xff) | ((a[2] & 0xff) + 1);
            }
        }

        @Actor
        public void other() {
            for (int i = 0; i < 10; i++) {
                a[2] = (a[2] & ~0xff00) | ((a[2] & 0xff00) + 0x200);
            }
        }

        @Arbiter
        public void both(II_Result r) {
            r.r1 = a[2] & 0xff;
            r.r2 = a[2] >> 8;
        }
    }
}
