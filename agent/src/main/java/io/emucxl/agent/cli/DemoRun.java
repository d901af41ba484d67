package io.emucxl.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of call-rank in a JVM of its own. While it ranks, that is, when all its data is there, it
 * is asked for a full collection, so that the live heap of two runs can be compared.
 *
 * @param seconds from the start of the process to its end
 * @param output what it printed
 * @param gc what its collections did
 */
record DemoRun(double seconds, List<String> output, GcLog gc) {

    private static final String RANKING = "io.emucxl.samples.callrank.PageRank ";
    private static final int LIMIT_SECONDS = 150;
    private static final long POLL_MILLIS = 20;

    /** On a busy machine it can be over before jcmd has started; then it runs once more. */
    private static final int MOST_RUNS = 4;

    /**
     * Runs it.
     *
     * @param jar the program
     * @param directory for its files
     * @param options of the JVM
     * @throws IOException when it cannot be run, fails, or takes too long
     */
    static DemoRun of(Path jar, Path directory, List<String> options)
            throws IOException, InterruptedException {
        DemoRun run = once(jar, directory, options);
        for (int runs = 1; run.gc.heapAfterFull() < 0 && runs < MOST_RUNS; runs++) {
            System.err.println("emucxl: it ended before its heap was looked at; once more ...");
            run = once(jar, directory, options);
        }
        return run;
    }

    private static DemoRun once(Path jar, Path directory, List<String> options)
            throws IOException, InterruptedException {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path output = Files.createTempFile(directory, "out", ".txt");
        Path gcLog = Files.createTempFile(directory, "gc", ".log");
        Path classLog = Files.createTempFile(directory, "classes", ".log");
        List<String> command = new ArrayList<>();
        command.add(bin.resolve("java").toString());
        command.add("-Xmx1g");
        command.add("-Xlog:gc:file=\"" + gcLog + "\":time");
        command.add("-Xlog:class+load:file=\"" + classLog + "\":time");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            collectWhenRanking(process, classLog, bin.resolve("jcmd"));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not finished after " + LIMIT_SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("it ended with status " + process.exitValue());
        }
        return new DemoRun(seconds, Files.readAllLines(output), GcLog.read(gcLog));
    }

    private static void collectWhenRanking(Process process, Path classLog, Path jcmd)
            throws IOException, InterruptedException {
        do {
            if (Files.readString(classLog).contains(RANKING)) {
                new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                return;
            }
        } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    }
}
