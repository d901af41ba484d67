package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emucxl.test.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/** The jar as a process of its own, on every JDK. */
class KvServerIT {
    private static final String JAR = "target/kv-store.jar";
    private static final Pattern READY = Pattern.compile("kv-store: port (\\d+), backend .*");

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void toldToEndItAnswersWhatItTookAndEnds(Jvm jvm) throws Exception {
        assertEquals(128 + 15, serveUntil("TERM", jvm));
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void interruptedItEndsAsWell(Jvm jvm) throws Exception {
        assertEquals(128 + 2, serveUntil("INT", jvm));
    }

    /** Serves four clients that never stop, and ends by a signal; returns the exit code. */
    private int serveUntil(String signal, Jvm jvm) throws Exception {
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(
                                // The tests may run where interrupts are ignored: in the
                                // background of a script.
                                "env",
                                "--default-signal=INT",
                                jvm.home().resolve("bin/java").toString(),
                                "-jar",
                                JAR,
                                "--port",
                                "0",
                                "--local",
                                "1MiB",
                                "--remote",
                                "4MiB")
                        .redirectError(errors.toFile())
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Matcher ready = READY.matcher(out.readLine());
            assertTrue(ready.matches());
            int port = Integer.parseInt(ready.group(1));
            try (Jedis jedis = new Jedis("localhost", port, 30_000)) {
                assertEquals("OK", jedis.set("a", "b"));
                assertEquals("b", jedis.get("a"));
                assertTrue(jedis.info("server").contains("multiplexing_api:epoll"), jedis::info);
            }
            List<Counting> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(new Counting(port, "n" + i));
            }
            for (Counting client : clients) {
                client.awaitReplies(1000);
            }
            Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
            assertEquals(0, kill.waitFor());
            for (Counting client : clients) {
                client.finish();
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals("", Files.readString(errors));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void badUsageExitsWithTwo(Jvm jvm) {
        for (List<String> arguments :
                List.of(
                        List.of("--local", "12Q"),
                        List.of("--rule", "fifo"),
                        List.of("--port", "99999"),
                        List.of("compare-redis", "--rounds", "0"),
                        List.of("compare-map", "--keys", "none"))) {
            Jvm.Result result = jvm.run(arguments("-jar", JAR, arguments));
            assertEquals(2, result.exit(), arguments + result.err());
            assertEquals("", result.out());
        }
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aPortThatIsTakenIsNamed(Jvm jvm) throws Exception {
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Jvm.Result result = jvm.run(List.of("-jar", JAR, "--port", "" + taken.getLocalPort()));
            assertEquals(1, result.exit());
            assertTrue(result.err().contains("Address already in use"), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void checksItself(Jvm jvm) {
        Jvm.Result result = jvm.run(List.of("-jar", JAR, "check"));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().endsWith("all as it must be\n"), result.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void comparesItselfWithAMap(Jvm jvm) {
        Jvm.Result result =
                jvm.run(List.of("-jar", JAR, "compare-map", "--keys", "2000", "--rounds", "1"));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().contains("KeyValueStore"), result.out());
        assertTrue(result.out().contains("times as long as one of the map"), result.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void comparesItselfWithRedis(Jvm jvm) {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/redis-server"));
        assumeTrue(installed || System.getenv("CI") != null, "redis-server is not installed");
        Jvm.Result result =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR,
                                "compare-redis",
                                "--rounds",
                                "1",
                                "--operations",
                                "500",
                                "--local",
                                "100KiB"));
        assertEquals(0, result.exit(), result.err());
        assertEquals(4, result.out().lines().filter(l -> l.matches("[GS]ET .*")).count());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void printsTheSameTableEverywhere(Jvm jvm) {
        Jvm.Result result = jvm.run(List.of("-jar", JAR, "table", "--json", "--seeds", "1"));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        assertTrue(
                result.out()
                        .contains(
                                "{\"rule\": \"policy1\", \"workload\": \"phased\", \"x\": 90,"
                                        + " \"seed\": 1, \"local\": 15216, \"gets\": 50000}"));
    }

    private static List<String> arguments(String option, String jar, List<String> more) {
        List<String> all = new ArrayList<>(List.of(option, jar));
        all.addAll(more);
        return all;
    }

    /** Increments a number as fast as it can, and checks every reply, until the server ends. */
    private static final class Counting {
        private static final int AHEAD = 500;

        private final RawClient client;
        private final String key;
        private final Thread thread;
        private final AtomicInteger replies = new AtomicInteger();
        private volatile Throwable failure;

        Counting(int port, String key) throws IOException {
            this.client = new RawClient(port);
            this.key = key;
            thread = new Thread(this::count, "counting " + key);
            thread.start();
        }

        private void count() {
            try {
                for (boolean open = true; open; ) {
                    try {
                        client.send(("INCR " + key + "\r\n").repeat(AHEAD));
                    } catch (IOException e) {
                        // It has ended; what it replied before is still to be read.
                        open = false;
                    }
                    for (int i = 0; i < AHEAD && open; i++) {
                        String expected = ":" + (replies.get() + 1) + "\r\n";
                        String reply = client.read(expected.length());
                        if (reply.isEmpty()) {
                            open = false;
                        } else {
                            assertEquals(expected, reply);
                            replies.incrementAndGet();
                        }
                    }
                }
            } catch (Throwable e) {
                failure = e;
            }
        }

        void awaitReplies(int count) throws InterruptedException {
            while (replies.get() < count && thread.isAlive()) {
                Thread.sleep(5);
            }
        }

        void finish() throws Exception {
            thread.join(60_000);
            assertFalse(thread.isAlive());
            client.close();
            if (failure != null) {
                throw new AssertionError(failure);
            }
            assertTrue(replies.get() >= 1000);
        }
    }
}
