package io.emucxl.agent.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/** Compiles test programs. */
public final class Compiler {
    private Compiler() {}

    /**
     * Compiles sources into a new directory below another one.
     *
     * @param work where to work
     * @param sources the text of each source file by its class name
     * @param options for javac
     * @return the directory with the class files
     */
    public static Path compile(Path work, Map<String, String> sources, List<String> options) {
        try {
            Path source = Files.createTempDirectory(work, "source");
            Path classes = Files.createTempDirectory(work, "classes");
            List<String> arguments = new ArrayList<>(options);
            arguments.addAll(List.of("-nowarn", "-d", classes.toString()));
            for (Map.Entry<String, String> e : new TreeMap<>(sources).entrySet()) {
                Path file = source.resolve(e.getKey() + ".java");
                Files.writeString(file, e.getValue());
                arguments.add(file.toString());
            }
            int status =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(new String[0]));
            if (status != 0) {
                throw new AssertionError("the programs do not compile");
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
