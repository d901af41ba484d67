package io.emucxl.memorymodel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * An access of a {@code long} or {@code double} element is atomic: the JLS lets it be two (17.7),
 * HotSpot on 64 bits does not, and neither may we.
 */
public final class Atomicity {
    private Atomicity() {}

    /** Of {@code long[]}. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "before the write")
    @Outcome(id = "9218000000000000000", expect = ACCEPTABLE, desc = "after the write")
    @State
    public static class Longs {
        private final long[] a = new long[3];

        @Actor
        public void write() {
            a[1] = 9218000000000000000L;
        }

        @Actor
        public void read(J_Result r) {
            r.r1 = a[1];
        }
    }

    /** Of {@code double[]}. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "before the write")
    @Outcome(id = "9218000000000000000", expect = ACCEPTABLE, desc = "after the write")
    @State
    public static class Doubles {
        private final double[] a = new double[3];

        @Actor
        public void write() {
            a[1] = Double.longBitsToDouble(9218000000000000000L);
        }

        @Actor
        public void read(J_Result r) {
            r.r1 = Double.doubleToRawLongBits(a[1]);
        }
    }
}
