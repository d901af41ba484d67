package io.emucxl.agent.weave;

import java.lang.instrument.Instrumentation;

/** The agent's start. */
public final class Agent {

    private Agent() {}

    /**
     * Puts the policy file into force.
     *
     * @param argument path of the policy file; null or empty for none
     * @param instrumentation the JVM's instrumentation service
     */
    public static void start(String argument, Instrumentation instrumentation) {
        System.err.println("emucxl 0.1.0");
    }
}
