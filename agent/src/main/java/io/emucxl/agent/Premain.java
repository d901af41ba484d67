package io.emucxl.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * Where the JVM enters the agent.
 *
 * <p>This class is in both jars. With {@code emucxl-runtime.jar} on the boot class path that copy
 * is found first, by the VM itself, and the agent's jar need not be opened in Java; the copy in
 * {@code emucxl-agent.jar} runs only when the runtime's jar is missing, and says so.
 */
public final class Premain {

    private static final String ENTRY = "io.emucxl.agent.weave.Agent";

    private Premain() {}

    /**
     * Called by the JVM before the program's main method. Never fails: what goes wrong is printed
     * on standard error, and the program runs without the agent, unless the mode is strict; then
     * the process ends with status 1.
     *
     * @param argument path of the policy file; null or empty for none
     * @param instrumentation the JVM's instrumentation service
     */
    public static void premain(String argument, Instrumentation instrumentation) {
        if ("off".equals(System.getProperty("emucxl.mode"))) {
            return;
        }
        try {
            if (Premain.class.getClassLoader() != null) {
                fail(
                        argument,
                        AgentLoader.RUNTIME_JAR
                                + " is not beside the agent's jar ("
                                + new File(
                                        Premain.class
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()
                                                .toURI())
                                + "); copy both jars from the same build into one directory");
                return;
            }
            File jar = AgentLoader.agentJar();
            if (jar == null) {
                fail(argument, "no jar of the same build beside " + AgentLoader.RUNTIME_JAR);
                return;
            }
            new AgentLoader(jar, null)
                    .loadClass(ENTRY)
                    .getMethod("start", String.class, Instrumentation.class)
                    .invoke(null, argument, instrumentation);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            fail(
                    argument,
                    cause instanceof IllegalStateException
                            ? cause.getMessage()
                            : String.valueOf(cause));
        } catch (ReflectiveOperationException | URISyntaxException | IOException | LinkageError e) {
            fail(argument, e.toString());
        }
    }

    private static void fail(String policyFile, String reason) {
        System.err.println("emucxl: the agent is off: " + reason);
        if (strict(policyFile)) {
            System.exit(1);
        }
    }

    /** Reads no more of the policy file than its mode: its parser may be what is missing. */
    private static boolean strict(String policyFile) {
        String mode = System.getProperty("emucxl.mode");
        if (mode != null || policyFile == null || policyFile.isEmpty()) {
            return "strict".equals(mode);
        }
        try (FileInputStream in = new FileInputStream(policyFile)) {
            String text = '\n' + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int key = text.indexOf("\nmode:");
            return key >= 0 && text.startsWith("strict", skipBlanks(text, key + 6));
        } catch (IOException e) {
            return false;
        }
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }
}
