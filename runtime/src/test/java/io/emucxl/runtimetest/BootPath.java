package io.emucxl.runtimetest;

import io.emucxl.RegionSpace;
import io.emucxl.runtime.TieredArray;
import io.emucxl.test.Jvm;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the tests in a JVM that has the runtime where the agent puts it. */
final class BootPath {
    private BootPath() {}

    /** Runs the main class, with options of the JVM first, then the program's arguments. */
    static Jvm.Result run(
            Jvm jvm, int seconds, Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        for (String name : List.of("misc", "util", "loader")) {
            command.add("--add-exports=java.base/jdk.internal." + name + "=ALL-UNNAMED");
        }
        command.add("-Xbootclasspath/a:" + home(TieredArray.class) + ":" + home(RegionSpace.class));
        command.add("-cp");
        command.add(home(main).toString());
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return jvm.run(command, seconds);
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
