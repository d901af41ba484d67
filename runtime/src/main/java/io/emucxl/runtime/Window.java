package io.emucxl.runtime;

import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/** The sampling window: while it is open, accesses mark their region. */
public final class Window {
    /**
     * Whether the window is open. Plain on purpose, for innermost loops and accessors outside
     * loops, where a read that the JIT must not move would cost more than the access; they may see
     * a change late.
     */
    public static boolean open;

    /** What {@link Charge} has the threads do; one of its three states. */
    static byte state;

    private static final long PAUSE = 50_000;
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final Object BASE;
    private static final long OFFSET;
    private static final long STATE;

    static {
        try {
            BASE = U.staticFieldBase(Window.class.getDeclaredField("open"));
            OFFSET = U.staticFieldOffset(Window.class.getDeclaredField("open"));
            STATE = U.staticFieldOffset(Window.class.getDeclaredField("state"));
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private Window() {}

    /**
     * Whether the window is open, really read each time. Rewritten code calls it at the entry of a
     * method with loops and in each round of a loop with loops in it: a plain read there would be
     * moved out of all the loops around it, and a program that computes for minutes in a nest of
     * loops would never be sampled. In an innermost loop this read would cost several times the
     * access.
     */
    @ForceInline
    public static boolean look() {
        boolean fresh = U.getBooleanOpaque(BASE, OFFSET);
        return Charge.ON ? Charge.look(fresh) : fresh;
    }

    /**
     * Whether the window is open, for an access outside loops or to a whole range. While a device
     * is charged it is a look, so that a thread that never makes another one is charged as well.
     */
    @ForceInline
    static boolean glance() {
        return Charge.ON ? look() : open;
    }

    @ForceInline
    static byte state() {
        return U.getByteOpaque(BASE, STATE);
    }

    static void state(byte next) {
        U.putByteOpaque(BASE, STATE, next);
    }

    /** Opens the window. Called on the engine's thread. */
    static void open() {
        open = true;
        if (Charge.ON) {
            Charge.open();
        }
    }

    /**
     * Closes the window. Called on the engine's thread.
     *
     * @param patience how long to wait for threads that are to settle, in nanoseconds
     */
    static void close(long patience) {
        if (Charge.ON && !Charge.close()) {
            long end = System.nanoTime() + patience;
            while (!Charge.settled() && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(Window.class, PAUSE);
                Thread.interrupted(); // an interrupted thread would not pause at all
            }
        }
        open = false;
    }
}
