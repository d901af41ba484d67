package io.emucxl.agent.advise;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the user's, started with the {@link Observer} in it. It has this process's standard
 * streams, and its signals: Ctrl-C reaches both and only the program acts on it, and a termination
 * is handed on.
 */
public final class WatchedProgram {

    private final Process process;

    private WatchedProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param command the command line; when its first word is no {@code java}, the JVMs that it
     *     starts are told by {@code JAVA_TOOL_OPTIONS}, and say so
     * @param agent the agent's jar
     * @param directory where the heaps go
     * @throws IOException when there is no such command
     */
    public static WatchedProgram start(List<String> command, Path agent, Path directory)
            throws IOException {
        return start(
                command,
                List.of("-javaagent:" + agent, "-D" + Observer.PROPERTY + "=" + directory));
    }

    /**
     * The same with these options of the JVM.
     *
     * @throws IOException when there is no such command
     */
    public static WatchedProgram start(List<String> command, List<String> options)
            throws IOException {
        List<String> words = new ArrayList<>(command);
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        if (new File(command.get(0)).getName().equals("java")) {
            words.addAll(1, options);
        } else {
            StringBuilder all = new StringBuilder();
            String before = System.getenv("JAVA_TOOL_OPTIONS");
            all.append(before == null ? "" : before);
            for (String option : options) {
                all.append(" \"").append(option).append('"');
            }
            builder.environment().put("JAVA_TOOL_OPTIONS", all.toString());
        }
        return new WatchedProgram(builder.start());
    }

    /** Whether the program runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end, and gives the exit code; 128 and the signal when one ended it. */
    public int waitFor() {
        handle("INT", () -> {});
        handle("TERM", process::destroy);
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; what counts is the program.
            }
        }
    }

    /**
     * Acts on a signal. Not ignored, which the program would inherit.
     *
     * <p>By reflection, because the compiler warns of sun.misc.Signal whoever uses it, and there is
     * nothing else.
     */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Constructor<?> constructor = signal.getConstructor(String.class);
            Object proxy =
                    Proxy.newProxyInstance(
                            WatchedProgram.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                action.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, constructor.newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // The JVM was told to leave signals alone: -Xrs.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
