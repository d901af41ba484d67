package io.emucxl.kv.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, and redis-benchmark against it. */
final class Server implements AutoCloseable {
    private static final int START_SECONDS = 20;
    private static final String CLIENT = "redis-benchmark";
    private static final Pattern READY = Pattern.compile("kv-store: port (\\d+), .*");

    /** Of a test in the form {@code "GET","123456.78",...}. */
    private static final Pattern RATE = Pattern.compile("\"[A-Z]+\",\"([0-9.]+)\"");

    /**
     * What redis-benchmark measured of one test.
     *
     * @param rate operations a second
     * @param cpuMicros processor time of the server for each operation, in microseconds
     */
    record Result(double rate, double cpuMicros) {}

    private final Process process;
    private final int port;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Debian's redis-server, which keeps nothing on disk. */
    static Server redis() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process =
                start(
                        ProcessBuilder.Redirect.DISCARD,
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no");
        Server server = new Server(process, port);
        long start = System.nanoTime();
        while (!server.answers()) {
            if (!process.isAlive()
                    || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                server.close();
                throw new IOException("redis-server does not start");
            }
            Thread.sleep(20);
        }
        return server;
    }

    /** The store's server with one worker, on this JVM. The class path must be its jar. */
    static Server store(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        command.addAll(List.of("--port", "0", "--workers", "1"));
        command.addAll(Arrays.asList(options));
        Process process = start(ProcessBuilder.Redirect.PIPE, command.toArray(new String[0]));
        String line =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroy();
            throw new IOException("the store's server does not start");
        }
        return new Server(process, Integer.parseInt(ready.group(1)));
    }

    private static Process start(ProcessBuilder.Redirect out, String... command)
            throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs redis-benchmark with these options, for example {@code -t get -P 16}. */
    Result benchmark(int operations, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CLIENT, "-p", Integer.toString(port)));
        command.addAll(List.of("-n", Integer.toString(operations), "--csv"));
        command.addAll(options);
        Duration before = processorTime();
        Process client = start(ProcessBuilder.Redirect.PIPE, command.toArray(new String[0]));
        String csv = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (client.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + csv);
        }
        Duration used = processorTime().minus(before);
        Matcher rate = RATE.matcher(csv);
        if (!rate.find()) {
            throw new IOException(String.join(" ", command) + " printed " + csv);
        }
        return new Result(Double.parseDouble(rate.group(1)), used.toNanos() / 1e3 / operations);
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
