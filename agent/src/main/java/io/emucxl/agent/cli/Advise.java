package io.emucxl.agent.cli;

import io.emucxl.agent.advise.Advice;
import io.emucxl.agent.advise.HeapReader;
import io.emucxl.agent.advise.WatchedProgram;
import io.emucxl.agent.weave.JarWorld;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a program of the user's and says which of its array fields are worth placing. */
@Command(
        name = "advise",
        description = "Run a program, list its array fields by live bytes, and write a policy file",
        mixinStandardHelpOptions = true,
        customSynopsis = "emucxl advise [--output FILE] [--directory DIR] -- java ARGUMENTS...")
final class Advise implements Callable<Integer> {

    /** What the shell gives when there is no such command. */
    private static final int NO_COMMAND = 127;

    /** The default of the key placement.minBytes: smaller arrays would stay on the heap. */
    private static final long MIN_BYTES = 4096;

    private static final long LOOK_MILLIS = 100;

    @Spec private CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "emucxl-policy.yaml",
            description = "the policy file to write; ${DEFAULT-VALUE} when absent")
    private Path output;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "where the heaps are put until they are read; the temporary directory when absent")
    private Path directory;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "the program, as it is started")
    private List<String> command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PolicyAdvice file = new PolicyAdvice(output);
        String trouble = file.cannotBeWritten();
        if (trouble != null || (directory != null && !Files.isDirectory(directory))) {
            throw new ParameterException(
                    spec.commandLine(), trouble != null ? trouble : directory + ": no directory");
        }
        Path heaps =
                directory == null
                        ? Files.createTempDirectory("emucxl-advise")
                        : Files.createTempDirectory(directory.toAbsolutePath(), "emucxl-advise");
        try {
            return run(heaps, file);
        } finally {
            delete(heaps);
        }
    }

    private int run(Path heaps, PolicyAdvice file) throws IOException, InterruptedException {
        Path agent = new File(System.getProperty("java.class.path")).getAbsoluteFile().toPath();
        WatchedProgram program;
        try {
            program = WatchedProgram.start(command, agent, heaps);
        } catch (IOException e) {
            System.err.println("emucxl: " + e.getMessage());
            return NO_COMMAND;
        }
        HeapReader reader = new HeapReader(heaps, MIN_BYTES);
        Thread reading = new Thread(() -> readWhile(program, reader), "heaps");
        reading.start();
        int status = program.waitFor();
        reading.join();
        report(reader, file);
        return status;
    }

    private static void readWhile(WatchedProgram program, HeapReader reader) {
        try {
            boolean alive;
            do {
                alive = program.isAlive();
                reader.readFinished();
                Thread.sleep(alive ? LOOK_MILLIS : 0);
            } while (alive);
        } catch (IOException e) {
            System.err.println("emucxl: a heap was not read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(HeapReader reader, PolicyAdvice file) throws IOException {
        if (reader.heaps() == 0) {
            System.err.println("emucxl: no heap was seen: was this a Java program?");
            return;
        }
        List<HeapReader.Bytes> largest = file.worthwhile(reader.largest());
        Progress progress = Progress.standard();
        JarWorld world = JarWorld.ofWhatIsThere(reader.classPath(), progress::reading);
        List<Advice> advice = Advice.of(largest, world);
        progress.clear();
        file.write(advice, command);
        new AdviceTable(System.err).print(advice, reader, output);
    }

    private static void delete(Path heaps) throws IOException {
        try (Stream<Path> files = Files.list(heaps)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(heaps);
    }
}
