package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** What a plan says of the members that instructions mean. */
final class PlannedMembers {
    private final ClassStore store;
    private final Plan plan;
    private final MemberNames names;
    private final Set<Integer> copying;

    /** The methods that subclasses may override, by their names. */
    private final Map<String, List<MethodId>> virtual = new HashMap<>();

    /**
     * @param store where members are resolved
     * @param plan the plan
     */
    PlannedMembers(ClassStore store, Plan plan) {
        this.store = store;
        this.plan = plan;
        names = new MemberNames(plan);
        copying = plan.copying();
        for (Map.Entry<MethodId, Plan.Signature> e : plan.methods().entrySet()) {
            if (e.getValue().virtual()) {
                List<MethodId> some = virtual.get(e.getKey().name());
                if (some == null) {
                    some = new ArrayList<>();
                    virtual.put(e.getKey().name(), some);
                }
                some.add(e.getKey());
            }
        }
    }

    /** Whether a member of this name and descriptor is in the plan, in whatever class. */
    boolean has(String name, String descriptor) {
        return names.has(name, descriptor);
    }

    /** The field that an instruction means, when it may be one of the plan. */
    FieldId field(String owner, String name, String descriptor) {
        return names.has(name, descriptor) ? store.resolveField(owner, name, descriptor) : null;
    }

    /** The method that an instruction means, when it may be one of the plan. */
    Declared method(String owner, String name, String descriptor) {
        return names.has(name, descriptor) ? store.resolveMethod(owner, name, descriptor) : null;
    }

    /** The target of a field, or null when it stays as it is. */
    Integer target(FieldId field) {
        return plan.placed().get(field);
    }

    /** Whether callers may get copies of what belongs to a target. */
    boolean copies(int target) {
        return copying.contains(target);
    }

    /**
     * The signature with handles that a method gets, also as a late override of one in the plan;
     * null when it keeps its own.
     */
    Plan.Signature signature(Declared method) {
        MethodNode m = method.method();
        if (!names.has(m.name, m.desc)) {
            return null;
        }
        Plan.Signature own = plan.methods().get(method.id());
        if (own != null || !WorldPlaces.overridable(method)) {
            return own;
        }
        for (MethodId id : virtual.getOrDefault(m.name, List.of())) {
            if (id.descriptor().equals(m.desc)
                    && store.isSubtype(method.owner().name, id.owner())
                    && inherits(method.owner().name, id)) {
                return plan.methods().get(id);
            }
        }
        return null;
    }

    /** Whether a subclass inherits a method, which of package access only its package does. */
    private boolean inherits(String subclass, MethodId id) {
        ClassNode owner = store.find(id.owner());
        MethodNode m = owner == null ? null : ClassStore.method(owner, id.name(), id.descriptor());
        return m == null
                || !ClassStore.packagePrivate(m.access)
                || ClassStore.packageOf(subclass).equals(ClassStore.packageOf(id.owner()));
    }
}
