package io.emucxl.runtime;

/** Stack traces as the program would have without the runtime. */
final class Traces {
    private static final String RUNTIME = "io.emucxl.runtime.";
    private static final String CHECKS = "jdk.internal.util.Preconditions";

    private Traces() {}

    /**
     * Removes the frames of the runtime and of the JDK's bounds checks from the top of a trace.
     *
     * @return the same throwable
     */
    static <T extends Throwable> T trim(T thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        int ours = 0;
        while (ours < frames.length && isOurs(frames[ours].getClassName())) {
            ours++;
        }
        if (ours > 0) {
            StackTraceElement[] rest = new StackTraceElement[frames.length - ours];
            System.arraycopy(frames, ours, rest, 0, rest.length);
            thrown.setStackTrace(rest);
        }
        return thrown;
    }

    static boolean isOurs(String className) {
        return className.startsWith(RUNTIME) || className.equals(CHECKS);
    }

    /** Trims, and puts the frame of a JDK method on top that the program called. */
    static <T extends Throwable> T trim(T thrown, StackTraceElement top) {
        trim(thrown);
        StackTraceElement[] rest = thrown.getStackTrace();
        StackTraceElement[] all = new StackTraceElement[rest.length + 1];
        all[0] = top;
        System.arraycopy(rest, 0, all, 1, rest.length);
        thrown.setStackTrace(all);
        return thrown;
    }
}
