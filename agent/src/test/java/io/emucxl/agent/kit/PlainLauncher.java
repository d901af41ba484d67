package io.emucxl.agent.kit;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the same programs as {@link RewritingLauncher} as they are: {@code DIRECTORY MAIN...}. */
public final class PlainLauncher {
    private PlainLauncher() {}

    /** Entry point. */
    public static void main(String[] args) throws Exception {
        URL[] place = {Path.of(args[0]).toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(place)) {
            for (String main : Arrays.asList(args).subList(1, args.length)) {
                loader.loadClass(main)
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) new String[0]);
            }
        }
    }
}
