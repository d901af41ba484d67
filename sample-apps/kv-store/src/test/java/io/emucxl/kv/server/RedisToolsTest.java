package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emucxl.kv.Capacity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Debian's redis-tools against the server. */
class RedisToolsTest {
    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served(Capacity.bytes(1 << 20, 16 << 20));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void redisCli() throws Exception {
        assertEquals("OK\n", run("redis-cli", "set", "greeting", "hello"));
        assertEquals("hello\n", run("redis-cli", "get", "greeting"));
        assertEquals("1\n", run("redis-cli", "incr", "n"));
        assertEquals("\n", run("redis-cli", "get", "nothing"));
        assertTrue(run("redis-cli", "info", "tiers").contains("local_objects:"));
        assertTrue(run("redis-cli", "--scan", "--pattern", "greet*").contains("greeting\n"));
        assertEquals("PONG\n", run("redis-cli", "-r", "1", "ping"));
    }

    @Test
    void redisBenchmark() throws Exception {
        for (String pipeline : List.of("1", "16")) {
            String csv =
                    run(
                            "redis-benchmark",
                            "-t",
                            "ping,set,get,incr,mset",
                            "-n",
                            "5000",
                            "-r",
                            "1000",
                            "-d",
                            "100",
                            "-P",
                            pipeline,
                            "--csv");
            // A line of headings, then two for ping, one each for the others.
            assertEquals(7, csv.lines().filter(line -> line.startsWith("\"")).count(), csv);
            assertTrue(!csv.contains("Error"), csv);
        }
    }

    private static String run(String tool, String... arguments)
            throws IOException, InterruptedException {
        if (!installed(tool)) {
            System.err.println("skipped: " + tool + " is not installed (Debian: redis-tools)");
            assumeTrue(System.getenv("CI") != null, tool + " is not installed");
        }
        List<String> command = new ArrayList<>(List.of(tool, "-p", "" + served.port()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(tool, ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .redirectInput(new File("/dev/null"))
                            .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(out));
            }
            String text = Files.readString(out, StandardCharsets.UTF_8);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(out);
        }
    }

    private static boolean installed(String tool) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        return false;
    }
}
