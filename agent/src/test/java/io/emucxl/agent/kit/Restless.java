package io.emucxl.agent.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.Report;
import io.emucxl.test.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs programs with the packaged agent: every eligible array of every size is placed, and the
 * local tier is so small, and the policy such, that regions move all the time.
 */
public final class Restless {
    private static final Path TARGET = target();
    private static final Pattern PLACED = Pattern.compile("(\\d+) fields? placed, (\\d+) refused");

    /** The agent's build directory, from the agent's module and from those below it. */
    private static Path target() {
        Path base = Path.of(System.getProperty("basedir")).toAbsolutePath();
        Path jar = base.resolve("target/emucxl-agent.jar");
        return Files.exists(jar) ? jar.getParent() : base.resolveSibling("target");
    }

    private final Path directory;
    private final String capacity;
    private final List<String> patterns;
    private String copied = "";

    /**
     * @param directory where the policy file and the report are written
     * @param capacity of the remote tier: dead arrays must be reused when it is small
     * @param patterns the fields to place, as the policy file has them
     */
    public Restless(Path directory, String capacity, List<String> patterns) {
        this.directory = directory;
        this.capacity = capacity;
        this.patterns = patterns;
    }

    /** Lets callers have copies of the arrays of some fields, which they only read. */
    public Restless copying(String pattern) {
        copied = "  - fields: " + pattern + "\n    onEscape: copy\n";
        return this;
    }

    /** The class path of this JVM without the parts of emucxl. */
    public static String classPath() {
        List<String> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            boolean ours = name.startsWith("emucxl-") || name.equals("classes");
            if (!ours) {
                all.add(entry);
            }
        }
        return String.join(File.pathSeparator, all);
    }

    /** The options that start the agent. */
    public List<String> options() throws IOException {
        StringBuilder targets = new StringBuilder(copied);
        for (String pattern : patterns) {
            targets.append("  - fields: ").append(pattern).append('\n');
        }
        String text =
                """
                version: 1
                backend: emulated
                regionSize: 64KiB
                tiers:
                  local:  {capacity: 256KiB}
                  remote: {capacity: %s}
                targets:
                %splacement:
                  minBytes: 0B
                  policy: io.emucxl.agent.kit.Churn
                  classPath: ["%s"]
                  sampling:  {window: 1ms, duty: 5%%}
                  migration: {every: 1ms, bandwidth: 4GiB/s}
                """
                        .formatted(capacity, targets, TARGET.resolve("test-classes"));
        Path policy = Files.writeString(directory.resolve("policy.yaml"), text);
        return List.of(
                "-javaagent:" + TARGET.resolve("emucxl-agent.jar") + "=" + policy,
                "-Demucxl.report=" + reportFile());
    }

    private Path reportFile() {
        return directory.resolve("report");
    }

    /** What the agent said that it placed, at its start and later. */
    public static int placed(Jvm.Result result) {
        int placed = 0;
        Matcher m = PLACED.matcher(result.err());
        while (m.find()) {
            placed += Integer.parseInt(m.group(1));
        }
        return placed;
    }

    /** Fails unless so many fields were placed. */
    public void assertPlaced(Jvm.Result result, int fields) {
        int placed = placed(result);
        assertTrue(placed >= fields, "placed " + placed + "\n" + result.err());
    }

    /** Fails unless fields were placed, and regions moved both ways while they were used. */
    public void assertRestless(Jvm.Result result, int fields) throws IOException {
        assertPlaced(result, fields);
        assertMoved();
    }

    /** Fails unless regions moved both ways. */
    public void assertMoved() throws IOException {
        Report report = Report.read(reportFile());
        long promotions = report.counters().get("promotions");
        long demotions = report.counters().get("demotions");
        assertTrue(promotions > 20 && demotions > 20, report.counters().toString());
    }
}
