package io.emucxl.runtime;

import java.util.HashSet;
import java.util.Set;

/** Warnings on standard error, one line each, each kind once. */
class Warnings {
    private final Set<String> said = new HashSet<>();

    /** Says this unless something of the same kind was said before. */
    void once(String kind, String message) {
        synchronized (said) {
            if (!said.add(kind)) {
                return;
            }
        }
        say(message);
    }

    /** Says this. */
    void say(String message) {
        System.err.println("emucxl: " + message);
    }
}
