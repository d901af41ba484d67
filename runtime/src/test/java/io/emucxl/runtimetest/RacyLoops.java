package io.emucxl.runtimetest;

import io.emucxl.runtime.ByteElements;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.Window;
import java.util.Objects;
import jdk.internal.misc.Unsafe;

/**
 * Loops of a racy program, as the rewriter leaves them: they go on over a table that another thread
 * replaces. All elements are zero, and what a loop returns is the bits that it read.
 */
enum RacyLoops {
    /** Reads a table that an instance field holds. */
    READ_INSTANCE {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.table); i++) {
                    bits |= ByteElements.get(t.table, i);
                }
            }
            return bits;
        }
    },
    /** Reads a table that a static field holds. */
    READ_STATIC {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(Tables.shared); i++) {
                    bits |= ByteElements.get(Tables.shared, i);
                }
            }
            return bits;
        }
    },
    /** Writes an element after each reading. */
    WRITE_INSTANCE {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.table); i++) {
                    bits |= ByteElements.get(t.table, i);
                }
                ByteElements.set(t.table, 5, (byte) 0);
            }
            return bits;
        }
    },
    /** Writes an element of a static table after each reading. */
    WRITE_STATIC {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(Tables.shared); i++) {
                    bits |= ByteElements.get(Tables.shared, i);
                }
                ByteElements.set(Tables.shared, 5, (byte) 0);
            }
            return bits;
        }
    },
    /** Keeps the state of the window in a local, as the rewriter has it. */
    READ_SAMPLED {
        @Override
        long run(Tables t) {
            long bits = 0;
            boolean open = Window.open;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.table); i++) {
                    bits |= ByteElements.get(t.table, i, open);
                    open = Window.open;
                }
                open = Window.open;
            }
            return bits;
        }
    },
    /** Reads elements whose check is another. */
    READ_LONGS {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.longs); i++) {
                    bits |= LongElements.get(t.longs, i);
                }
            }
            return bits;
        }
    },
    /** Allocates on the heap between readings. */
    READ_ALLOCATING {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.table); i++) {
                    bits |= ByteElements.get(t.table, i);
                }
                t.sink = new long[1];
            }
            return bits;
        }
    },
    /** Writes all elements. */
    WRITE_ALL {
        @Override
        long run(Tables t) {
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < TieredArray.length(t.longs); i++) {
                    LongElements.set(t.longs, i, k);
                }
            }
            return 0;
        }
    },
    /** Reads through a handle without guard or marks: the control for C1. */
    READ_BARE {
        @Override
        long run(Tables t) {
            long bits = 0;
            for (long k = 0; k < t.calls; k++) {
                for (int i = 0; i < t.bare.length; i++) {
                    bits |= t.bare.get(i);
                }
            }
            return bits;
        }
    };

    static final int BYTES = 4096;

    /** What the loops share with the thread that replaces the table. */
    static final class Tables {
        static TieredArray shared;
        TieredArray table;
        TieredArray longs;
        Bare bare;
        long calls;
        Object sink;
    }

    /** A handle that a careless runtime would have. */
    static final class Bare {
        private static final Unsafe U = Unsafe.getUnsafe();
        final long address;
        final int length;

        Bare(long address, int length) {
            this.address = address;
            this.length = length;
        }

        byte get(int i) {
            return U.getByte(address + Objects.checkIndex(i, length));
        }
    }

    /** Goes over the table {@code calls} times; returns the bits that it read. */
    abstract long run(Tables t);

    boolean writes() {
        return name().startsWith("WRITE");
    }
}
