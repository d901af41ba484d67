package io.emucxl.slab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.StringTokenizer;

/**
 * What a C program needs for an object without object caches, in nanoseconds: to allocate it, write
 * to it and free it.
 */
record Comparison(double mapping, double malloc) {

    /**
     * Measures by the program that travels in the jar.
     *
     * @throws IOException when it cannot be run, for example because the directory for temporary
     *     files is mounted noexec (-Djava.io.tmpdir=DIR chooses another)
     */
    static Comparison measure(int objectBytes, int objects, int rounds)
            throws IOException, InterruptedException {
        Path program = Files.createTempFile("emucxl-slab-compare", "");
        try {
            try (InputStream in = Comparison.class.getResourceAsStream("compare")) {
                if (in == null) {
                    throw new IOException("the program to compare with is not in the jar");
                }
                Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!program.toFile().setExecutable(true)) {
                throw new IOException(program + " cannot be made executable");
            }
            Process process =
                    new ProcessBuilder(
                                    program.toString(),
                                    Integer.toString(objectBytes),
                                    Integer.toString(objects),
                                    Integer.toString(rounds))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("the program to compare with failed");
            }
            StringTokenizer numbers = new StringTokenizer(out);
            return new Comparison(
                    Double.parseDouble(numbers.nextToken()),
                    Double.parseDouble(numbers.nextToken()));
        } finally {
            Files.delete(program);
        }
    }
}
