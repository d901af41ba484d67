package io.emucxl.policies.simulator;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The traces that Caffeine's simulator carries, read from its artifact in the local Maven
 * repository. The artifact (96 MB) is fetched through Maven on first use: the traces are not ours
 * to distribute.
 */
final class CaffeineTraces {
    private static final String VERSION = "3.1.8";
    private static final String ARTIFACT = "com.github.ben-manes.caffeine:simulator:" + VERSION;
    private static final String FOLDER = "com/github/benmanes/caffeine/cache/simulator/parser/";

    private CaffeineTraces() {}

    /** Whether the artifact is there already. */
    static boolean available() {
        return Files.isRegularFile(jar());
    }

    /**
     * Opens a trace as it is stored; {@code path} is that of the trace under the parser's folder
     * without {@code .trace.gz} and the like.
     */
    static InputStream open(String path) throws IOException {
        if (!available()) {
            fetch();
        }
        ZipFile zip = new ZipFile(jar().toFile());
        for (String ending : new String[] {".trace.gz", ".trace.xz", ".gz", ".xz"}) {
            ZipEntry entry = zip.getEntry(FOLDER + path + ending);
            if (entry != null) {
                return Compression.open(zip.getInputStream(entry), ending);
            }
        }
        zip.close();
        throw new FileNotFoundException("there is no trace " + path + " in " + ARTIFACT);
    }

    private static Path jar() {
        String repository = System.getProperty("maven.repo.local");
        Path root =
                repository == null
                        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                        : Path.of(repository);
        return root.resolve("com/github/ben-manes/caffeine/simulator")
                .resolve(VERSION)
                .resolve("simulator-" + VERSION + ".jar");
    }

    private static void fetch() throws IOException {
        System.err.println("emucxl: fetching " + ARTIFACT + " (96 MB) for its traces");
        String why;
        try {
            Process maven =
                    new ProcessBuilder(
                                    "mvn",
                                    "-q",
                                    "-B",
                                    "org.apache.maven.plugins:maven-dependency-plugin:get",
                                    "-Dtransitive=false",
                                    "-Dartifact=" + ARTIFACT)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!maven.waitFor(10, TimeUnit.MINUTES)) {
                maven.destroy();
                why = "Maven has not answered for 10 minutes";
            } else {
                why = "Maven could not get it (offline?)";
            }
        } catch (IOException e) {
            why = "there is no mvn on the PATH";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        }
        if (!available()) {
            throw new IOException(
                    "the traces come from "
                            + ARTIFACT
                            + ", which is not in the local Maven repository ("
                            + jar()
                            + "): "
                            + why
                            + ". When online, run: mvn dependency:get -Dtransitive=false -Dartifact="
                            + ARTIFACT);
        }
    }
}
