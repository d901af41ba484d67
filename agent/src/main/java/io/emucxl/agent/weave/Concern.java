package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.MethodId;
import io.emucxl.agent.analysis.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which classes a plan may concern. Every class with an array in it is asked about when it is
 * loaded, so the answer for nearly all of them comes from the few descriptors with arrays in its
 * constant pool.
 */
final class Concern {

    private final Plan plan;

    /** The names of the members of the plan, by their descriptors. */
    private final Map<String, Set<String>> names = new HashMap<>();

    Concern(Plan plan) {
        this.plan = plan;
        for (FieldId field : plan.placed().keySet()) {
            add(field.name(), field.descriptor());
        }
        for (MethodId method : plan.methods().keySet()) {
            add(method.name(), method.descriptor());
        }
    }

    private void add(String name, String descriptor) {
        Set<String> some = names.get(descriptor);
        if (some == null) {
            some = new HashSet<>();
            names.put(descriptor, some);
        }
        some.add(name);
    }

    Plan plan() {
        return plan;
    }

    /** Whether the class may need rewriting: it is in the plan, or names a member of it. */
    boolean isOf(String className, ConstantPool pool) {
        if (plan.classes().contains(className)) {
            return true;
        }
        Set<String> texts = null;
        List<String> descriptors = pool.arrayTexts();
        for (int i = 0; i < descriptors.size(); i++) {
            Set<String> some = names.get(descriptors.get(i));
            if (some != null) {
                texts = texts == null ? pool.texts() : texts;
                for (String name : some) {
                    if (texts.contains(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
