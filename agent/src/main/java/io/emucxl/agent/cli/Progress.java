package io.emucxl.agent.cli;

import io.emucxl.agent.analysis.World;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What an analysis is at, on one line of a terminal. */
final class Progress {

    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int WIDTH = 70;

    private final PrintStream terminal;
    private final boolean shown;
    private long last = System.nanoTime();
    private boolean drawn;

    /**
     * Progress on a stream.
     *
     * @param shown whether it is a terminal
     */
    Progress(PrintStream terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    /** Progress on standard error, when that is a terminal. */
    static Progress standard() {
        boolean isTerminal;
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            isTerminal = device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException e) {
            isTerminal = false;
        }
        return new Progress(System.err, isTerminal);
    }

    /** This jar is being read. */
    void reading(String title) {
        show("reading ", title.substring(title.lastIndexOf('/', title.length() - 2) + 1));
    }

    /** The same world; what is read of it is shown. */
    World watching(World world) {
        return new World() {
            private int classes;

            @Override
            public byte[] classFile(String internalName) {
                classes++;
                show("analysing, ", classes + " classes: " + internalName);
                return world.classFile(internalName);
            }

            @Override
            public Collection<String> mentioning(String memberName, String descriptor) {
                return world.mentioning(memberName, descriptor);
            }

            @Override
            public Collection<String> subtypes(String internalName) {
                return world.subtypes(internalName);
            }

            @Override
            public String fixed(String internalName) {
                return world.fixed(internalName);
            }
        };
    }

    private void show(String what, String detail) {
        if (!shown || System.nanoTime() - last < INTERVAL_NANOS) {
            return;
        }
        last = System.nanoTime();
        drawn = true;
        String line = what + detail;
        terminal.print(
                "\r\033[K" + (line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line));
        terminal.flush();
    }

    /** Takes the line away. */
    void clear() {
        if (drawn) {
            terminal.print("\r\033[K");
            terminal.flush();
            drawn = false;
        }
    }
}
