package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/** The sampling window: while it is open, accesses mark their region. */
public final class Window {
    /**
     * Whether the window is open. Plain on purpose, for accessors outside loops, where a read that
     * the JIT must not move would cost more than the access; they may see a change late.
     */
    public static boolean open;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final Object BASE;
    private static final long OFFSET;

    static {
        try {
            BASE = U.staticFieldBase(Window.class.getDeclaredField("open"));
            OFFSET = U.staticFieldOffset(Window.class.getDeclaredField("open"));
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private Window() {}

    /**
     * Whether the window is open, really read each time. Rewritten code calls it at the entry of a
     * method with loops and before each loop: a plain read there would be moved out of all the
     * loops around it, and a program that computes for minutes in one loop would never be sampled.
     */
    @ForceInline
    public static boolean look() {
        return U.getBooleanOpaque(BASE, OFFSET);
    }
}
