package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command as a process of its own. */
class KvServerTest {
    private static final Pattern READY = Pattern.compile("kv-store: port (\\d+), backend .*");

    @Test
    void toldToEndItAnswersWhatHasArrivedAndEnds() throws Exception {
        Process process = start("--port", "0", "--local", "1MiB", "--remote", "4MiB");
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Matcher ready = READY.matcher(out.readLine());
            assertTrue(ready.matches());
            try (RawClient client = new RawClient(Integer.parseInt(ready.group(1)))) {
                client.send("SET a b\r\nGET a\r\n");
                assertEquals("+OK\r\n$1\r\nb\r\n", client.read(12));
                process.destroy();
                assertEquals("", client.readAll());
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(128 + 15, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void badUsageExitsWithTwo() throws Exception {
        for (String[] arguments :
                new String[][] {
                    {"--local", "12Q"}, {"--rule", "fifo"}, {"--port", "99999"}, {"--workers", "0"},
                }) {
            Process process = start(arguments);
            process.getInputStream().readAllBytes();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(2, process.exitValue(), String.join(" ", arguments));
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(KvServer.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
