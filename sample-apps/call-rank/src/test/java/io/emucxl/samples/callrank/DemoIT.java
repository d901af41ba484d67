package io.emucxl.samples.callrank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ./emucxl demo}, from its start to its end, on every JDK. */
class DemoIT {

    private static final String AGENT = "../../agent/target/emucxl-agent.jar";

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void showsBothRunsAndWhatMoved(Jvm jvm) {
        Jvm.Result demo = jvm.run(List.of("-jar", AGENT, "demo"));
        assertEquals(0, demo.exit(), demo.out() + demo.err());
        String plain = jvm.run(List.of("-jar", "target/call-rank.jar")).out();
        for (String line : plain.lines().toList()) {
            assertTrue(demo.out().contains("  " + line + "\n"), line + " missing in " + demo.out());
        }

        assertEquals("identical", find(demo, "output +(\\w+)").group(1));
        MatchResult heap = find(demo, "heap after a full GC +([\\d.]+) MiB +([\\d.]+) MiB");
        double saved = number(heap, 1) - number(heap, 2);
        MatchResult bytes = find(demo, "  all +([\\d.]+) MiB +([\\d.]+) MiB");
        double placed = number(bytes, 1) + number(bytes, 2);
        assertTrue(placed > 20, "MiB placed: " + placed);
        // Names and other things of the heap do not change; the agent has a few of its own.
        assertTrue(saved > placed / 2, saved + " MiB of " + placed + " left the heap");

        MatchResult hits = find(demo, "local memory: \\d+ % at the start, (\\d+) % at the end");
        MatchResult share = find(demo, "bytes in local memory at the end: (\\d+) %");
        assertTrue(
                number(hits, 1) > number(share, 1),
                hits.group(1) + " % of the samples in " + share.group(1) + " % of the bytes");
        assertTrue(number(find(demo, "promotions (\\d+)"), 1) > 0, demo.out());
    }

    private static MatchResult find(Jvm.Result demo, String pattern) {
        return Pattern.compile(pattern)
                .matcher(demo.out())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " not found in " + demo.out()));
    }

    private static double number(MatchResult result, int group) {
        return Double.parseDouble(result.group(group));
    }
}
