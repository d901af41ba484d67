package io.emucxl.agent.analysis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of the members of a plan, by descriptor: they tell most members apart at once. */
public final class MemberNames {
    private final Map<String, Set<String>> byDescriptor = new HashMap<>();

    /** The names in this plan. */
    public MemberNames(Plan plan) {
        for (FieldId field : plan.placed().keySet()) {
            add(field.name(), field.descriptor());
        }
        for (MethodId method : plan.methods().keySet()) {
            add(method.name(), method.descriptor());
        }
    }

    private void add(String name, String descriptor) {
        Set<String> some = byDescriptor.get(descriptor);
        if (some == null) {
            some = new HashSet<>();
            byDescriptor.put(descriptor, some);
        }
        some.add(name);
    }

    /** The names of the members of this descriptor. */
    public Set<String> of(String descriptor) {
        return byDescriptor.getOrDefault(descriptor, Set.of());
    }

    boolean has(String name, String descriptor) {
        return of(descriptor).contains(name);
    }
}
