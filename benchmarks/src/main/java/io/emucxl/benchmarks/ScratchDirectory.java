package io.emucxl.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary directory, and the JVM that works on it. Both are gone when it is closed, and when
 * the user interrupts the benchmark.
 */
final class ScratchDirectory implements AutoCloseable {
    private final Path path;
    private final Thread interrupted = new Thread(this::clear, "emucxl-bench-end");
    private volatile Process process;

    ScratchDirectory() throws IOException {
        path = Files.createTempDirectory("emucxl-bench");
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    Path path() {
        return path;
    }

    /** Starts a process, which does not outlive this. */
    Process start(ProcessBuilder builder) throws IOException {
        process = builder.start();
        return process;
    }

    private void clear() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        File[] files = path.toFile().listFiles();
        try {
            for (File file : files == null ? new File[0] : files) {
                Files.deleteIfExists(file.toPath());
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(interrupted);
        clear();
    }
}
