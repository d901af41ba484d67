package io.emucxl.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String... arguments) {
        return run(new Simulate(), arguments);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void playsARecordedTrace() throws IOException {
        Path trace = Files.writeString(folder.resolve("live"), "# emucxl trace 1\n1\n2\n1\n1\n");
        assertEquals(
                0,
                simulate(
                        "--trace",
                        trace.toString(),
                        "--policy",
                        "lru,opt",
                        "--local",
                        "50%",
                        "--json"));
        assertEquals(
                "[\n  {\"trace\": \""
                        + trace
                        + "\", \"policy\": \"lru\", \"local\": 0.5, \"accesses\": 4, \"localHits\":"
                        + " 1, \"moves\": 5},\n  {\"trace\": \""
                        + trace
                        + "\", \"policy\": \"opt\", \"local\": 0.5, \"accesses\": 4, \"localHits\":"
                        + " 2, \"moves\": null}\n]\n",
                out.toString());
    }

    @Test
    void drawsAChart() throws IOException {
        Path chart = folder.resolve("chart.svg");
        String[] arguments = {
            "--trace", "ycsb:zipfian:100:2000", "--policy", "hotset", "--chart", chart.toString()
        };
        assertEquals(0, simulate(arguments));
        assertTrue(Files.readString(chart).startsWith("<svg"));
        assertTrue(out.toString().contains("hotset"));
    }

    @Test
    void wrongUsageIsSaid() {
        assertEquals(2, simulate("--trace", "ycsb:zipfian", "--policy", "hotest"));
        assertTrue(err.toString().contains("did you mean \"hotset\"?"), err.toString());
        assertEquals(2, simulate());
        for (String local : new String[] {"0%", "130%", "200%", "-1%", "x"}) {
            assertEquals(2, simulate("--trace", "ycsb:zipfian:10:10", "--local", local));
            assertTrue(
                    err.toString().contains("up to 100%, not \"" + local + "\""), err.toString());
        }
        assertEquals(2, simulate("--trace", "nowhere/x.trace"));
        assertTrue(err.toString().contains("there is no file nowhere/x.trace"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aMalformedLineIsSaidByNumber() throws IOException {
        Path trace = Files.writeString(folder.resolve("live"), "# emucxl trace 1\n1 2\n1 x\n");
        assertEquals(1, simulate("--trace", trace.toString()));
        assertTrue(err.toString().contains("line 3 is not of format emucxl: 1 x"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void listsPoliciesAndTraces() {
        assertEquals(0, run(new PolicyList()));
        assertTrue(out.toString().startsWith("hotset (the default)\n"), out.toString());
        assertEquals(0, simulate("--traces"));
        assertTrue(out.toString().contains("lirs:NAME"));
    }
}
