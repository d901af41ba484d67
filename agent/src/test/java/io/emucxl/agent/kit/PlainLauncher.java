package io.emucxl.agent.kit;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs the same programs as {@link RewritingLauncher} as they are: {@code DIRECTORY MAIN...}. Those
 * whose classes are in {@code DIRECTORY/MAIN} do not see the others.
 */
public final class PlainLauncher {
    private PlainLauncher() {}

    /** Entry point. */
    public static void main(String[] args) throws Exception {
        Path all = Path.of(args[0]);
        for (String main : Arrays.asList(args).subList(1, args.length)) {
            Path own = all.resolve(main);
            URL[] place = {(Files.isDirectory(own) ? own : all).toUri().toURL()};
            try (URLClassLoader loader = new URLClassLoader(place)) {
                loader.loadClass(main)
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) new String[0]);
            }
        }
    }
}
