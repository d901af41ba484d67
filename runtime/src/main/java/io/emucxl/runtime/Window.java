package io.emucxl.runtime;

/** The sampling window: while it is open, accesses mark their region. */
public final class Window {
    /**
     * Whether the window is open. Plain on purpose: rewritten code reads it into a local at the
     * entry of a method and at the head of a loop, and may see a change late.
     */
    public static boolean open;

    private Window() {}
}
