package io.emucxl.runtime;

import jdk.internal.vm.annotation.Hidden;

/**
 * The check that rewritten code makes itself where the JVM's own message would show signatures that
 * have been rewritten.
 */
public final class NullChecks {
    private NullChecks() {}

    /**
     * Throws the exception that was registered for the call when the object is null.
     *
     * @param o what is about to be dereferenced
     */
    @Hidden
    public static void check(Object o) {
        if (o == null) {
            throw NullMessages.exception();
        }
    }
}
