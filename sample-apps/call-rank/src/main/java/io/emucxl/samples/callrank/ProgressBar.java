package io.emucxl.samples.callrank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bar on standard error, when that is a terminal; nothing otherwise. */
final class ProgressBar {

    private static final int WIDTH = 40;
    private static final long PERIOD_NANOS = 100_000_000;

    private final boolean visible;
    private String title = "";
    private long total;
    private long lastDrawn;
    private int skipped;

    ProgressBar() {
        visible = standardErrorIsTerminal();
    }

    private static boolean standardErrorIsTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins a new piece of work with so many steps. */
    void start(String newTitle, long steps) {
        title = newTitle;
        total = steps;
        lastDrawn = 0;
    }

    /** So many steps of it are done. */
    void reached(long step) {
        if (!visible || ++skipped < 256) {
            return;
        }
        skipped = 0;
        long now = System.nanoTime();
        if (now - lastDrawn < PERIOD_NANOS) {
            return;
        }
        lastDrawn = now;
        int filled = (int) (step * WIDTH / Math.max(total, 1));
        System.err.printf(
                "\r%-16s [%s%s] %3d %%",
                title,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                step * 100 / Math.max(total, 1));
    }

    /** Removes the bar. */
    void close() {
        if (visible) {
            System.err.print("\r" + " ".repeat(WIDTH + 26) + "\r");
        }
    }
}
