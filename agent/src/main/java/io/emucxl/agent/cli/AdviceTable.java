package io.emucxl.agent.cli;

import io.emucxl.agent.advise.Advice;
import io.emucxl.agent.advise.HeapReader;
import io.emucxl.agent.weave.StartLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code advise} found, for people; not on standard output, which is the program's. */
final class AdviceTable {

    private static final int LINES = 40;

    private final PrintStream out;

    AdviceTable(PrintStream out) {
        this.out = out;
    }

    void print(List<Advice> advice, HeapReader heaps, Path policy) {
        long placed = 0;
        int fields = 0;
        for (Advice field : advice) {
            if (field.isPlaced()) {
                placed += field.bytes().bytes();
                fields++;
            }
        }
        out.printf(
                "%nemucxl advise: %d %s, the largest with %s live; arrays of 4KiB and more:%n",
                heaps.heaps(), heaps.heaps() == 1 ? "heap" : "heaps", StartLine.size(heaps.peak()));
        out.printf("%n  %9s %7s%n", "bytes", "of heap");
        int lines = Math.min(LINES, advice.size());
        for (Advice field : advice.subList(0, lines)) {
            out.printf(
                    Locale.ROOT,
                    "  %9s %5.1f %%  %s  %s%s%n",
                    StartLine.size(field.bytes().bytes()),
                    100 * field.bytes().share(),
                    field.isPlaced() ? "place  " : "refused",
                    field.name(),
                    field.isPlaced() ? "" : ": " + field.refusal());
        }
        if (lines < advice.size()) {
            out.printf("  and %d more%n", advice.size() - lines);
        }
        out.printf(
                "%n%s can be placed, %s; %s names them. Try it:%n    java -javaagent:%s=%s ...%n",
                fields == 1 ? "1 field" : fields + " fields",
                StartLine.size(placed),
                policy,
                Path.of(System.getProperty("java.class.path")).toAbsolutePath(),
                policy);
    }
}
