package io.emucxl.applications;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the applications, their libraries and the agents are. */
final class Application {

    static final Path AGENT = Path.of("../target/emucxl-agent.jar").toAbsolutePath().normalize();
    static final Path WEB = Path.of("target/emucxl-applications-0.1.0-web.jar").toAbsolutePath();

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Application() {}

    static Path jar(String name) {
        return TARGET.resolve("jars").resolve(name + ".jar");
    }

    /** The arguments of java for an application that needs one library. */
    static List<String> command(
            List<String> options, String library, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(options);
        command.add("-cp");
        command.add(TARGET.resolve("classes") + ":" + jar(library));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** A policy that places whatever can be placed of these packages, also small arrays. */
    static String policy(String... packages) {
        StringBuilder text = new StringBuilder("version: 1\ntargets:\n");
        for (String name : packages) {
            text.append("  - {fields: ").append(name).append(".**, minBytes: 64B}\n");
        }
        return text.toString();
    }

    /** What was said on standard error besides refusals. */
    static List<String> said(String err) {
        return err.lines()
                .filter(line -> line.startsWith("emucxl") && !line.contains(" stays on the heap: "))
                .toList();
    }
}
