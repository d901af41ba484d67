package io.emucxl.agent.cli;

import java.io.PrintStream;

/** A line on a terminal that tells how much of some work is done. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream terminal;
    private final boolean shown;
    private final long work;
    private long done;
    private int drawn = -1;

    /**
     * @param shown whether there is a terminal to draw on
     * @param work the work that there is
     */
    ProgressBar(PrintStream terminal, boolean shown, long work) {
        this.terminal = terminal;
        this.shown = shown;
        this.work = Math.max(1, work);
    }

    void advance(long more, String what) {
        done += more;
        int percent = (int) Math.min(100, 100 * done / work);
        if (shown && percent != drawn) {
            drawn = percent;
            int full = percent * WIDTH / 100;
            terminal.print(
                    "\r\033[K["
                            + "#".repeat(full)
                            + ".".repeat(WIDTH - full)
                            + "] "
                            + percent
                            + "% "
                            + what);
            terminal.flush();
        }
    }

    void clear() {
        if (shown) {
            terminal.print("\r\033[K");
            terminal.flush();
        }
    }
}
