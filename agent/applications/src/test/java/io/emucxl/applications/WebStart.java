package io.emucxl.applications;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the web application.
 *
 * @param millis from the start to the first answer, in milliseconds
 * @param cpuMillis the processor time until then, in milliseconds
 * @param answers what it answered
 * @param err what it wrote on standard error
 */
record WebStart(long millis, long cpuMillis, List<String> answers, String err) {

    private static final Pattern PORT = Pattern.compile("(?m)^port ([0-9]+)$");
    private static final int SECONDS = 120;

    /** Starts it, asks it, and ends it. */
    static WebStart of(Jvm jvm, Path directory, List<String> options)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(jvm.home().resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", Application.WEB.toString(), "--server.port=0"));
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            String port = port(process, out, err);
            List<String> answers = new ArrayList<>();
            answers.add(ask(port, 10));
            long millis = (System.nanoTime() - start) / 1_000_000;
            long cpuMillis = process.info().totalCpuDuration().orElseThrow().toMillis();
            answers.add(ask(port, 200_000));
            return new WebStart(millis, cpuMillis, answers, Files.readString(err));
        } finally {
            process.destroy();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static String port(Process process, Path out, Path err)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher port = PORT.matcher(Files.readString(out));
            if (port.find()) {
                return port.group(1);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it does not start: " + Files.readString(err));
    }

    private static String ask(String port, int count) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + port + "/squares?count=" + count);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(SECONDS)).build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() == 200, answer.body());
        return answer.body();
    }
}
