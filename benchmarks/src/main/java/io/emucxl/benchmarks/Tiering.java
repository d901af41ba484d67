package io.emucxl.benchmarks;

import java.lang.reflect.Field;

/** Whether the agent did its work on a benchmark. */
final class Tiering {
    private Tiering() {}

    /** Whether the field {@code tiered} still holds a heap array. */
    static boolean missing(Object benchmark) {
        for (Class<?> c = benchmark.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals("tiered")) {
                    return field.getType().isArray();
                }
            }
        }
        return true;
    }
}
