package io.emucxl.agent;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;

/** Where {@code java -jar emucxl-agent.jar} enters: runs the command line in the agent's loader. */
public final class Main {

    private static final String ENTRY = "io.emucxl.agent.cli.CommandLineTool";

    private Main() {}

    /**
     * Runs a command and ends the process with its status: 0 done, 1 failed, 2 wrong usage.
     *
     * @param arguments the command and its arguments
     * @throws Throwable whatever the command failed with
     */
    public static void main(String[] arguments) throws Throwable {
        File jar = new File(System.getProperty("java.class.path"));
        File runtime = new File(jar.getAbsoluteFile().getParentFile(), AgentLoader.RUNTIME_JAR);
        if (!runtime.isFile()) {
            System.err.println("emucxl: there is no " + runtime);
            System.exit(1);
        }
        ClassLoader parent =
                new URLClassLoader(
                        new URL[] {runtime.toURI().toURL()}, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = new AgentLoader(jar, parent);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class.forName(ENTRY, true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
