package io.emucxl.samples.callrank;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class files of the JDK that runs this program. */
final class RuntimeImage {

    private RuntimeImage() {}

    /** Every class file of every module, in the order of their paths. */
    static List<Path> classFiles() throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> files = Files.walk(modules)) {
            return files.filter(RuntimeImage::isClassFile).sorted().collect(Collectors.toList());
        }
    }

    private static boolean isClassFile(Path path) {
        String name = path.toString();
        return name.endsWith(".class") && !name.endsWith("-info.class");
    }
}
