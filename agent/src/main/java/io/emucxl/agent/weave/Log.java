package io.emucxl.agent.weave;

import java.util.HashSet;
import java.util.Set;

/** What the agent tells the user, on standard error, a line a time. */
final class Log {

    private static final Set<String> SAID = new HashSet<>();

    private Log() {}

    /** Prints a line. */
    static void say(String line) {
        // One call, so that no other thread's line gets into it.
        System.err.println("emucxl: ".concat(line));
    }

    /** Prints a line the first time that something is said under this key. */
    static void once(String key, String line) {
        boolean first;
        synchronized (SAID) {
            first = SAID.add(key);
        }
        if (first) {
            say(line);
        }
    }
}
