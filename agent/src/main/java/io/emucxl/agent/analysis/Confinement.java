package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which methods can be called by instructions of their own package only, so that all their callers
 * are known and can be rewritten with them.
 *
 * <p>Access by the JVM's rules counts, not that of the Java language: a private nested class has
 * the access of its package. Methods that method handles stand for, or that are called by
 * reflection, as far as that is to be seen, are not among them.
 */
final class Confinement {
    private final ClassStore store;
    private final Map<String, Set<MethodId>> handled = new HashMap<>();
    private final Map<String, Boolean> exported = new HashMap<>();

    Confinement(ClassStore store) {
        this.store = store;
    }

    /**
     * Whether all callers of a method are known.
     *
     * @param family the method, with what it overrides and what overrides it
     */
    boolean confined(List<Declared> family) {
        for (Declared d : family) {
            if (!confined(d)) {
                return false;
            }
        }
        return family.get(0).is(Opcodes.ACC_PRIVATE) || called(family);
    }

    private boolean confined(Declared d) {
        if (d.is(Opcodes.ACC_PRIVATE)) {
            return !handled(store.nest(d.owner()), d);
        }
        boolean reachable =
                !ClassStore.packagePrivate(d.method().access)
                        && exported(d.owner().name)
                        && !accessor(d);
        return !reachable
                && MethodPlaces.hasArrays(d.method().desc)
                && !annotated(d.method())
                && !lookedUp(d)
                && !handled(store.world().mentioning(d.method().name, d.method().desc), d)
                && !handled(Set.of(d.owner().name), d);
    }

    /** Whether code of other packages can name the class, or a class that inherits from it. */
    private boolean exported(String name) {
        return exported.computeIfAbsent(
                name,
                n -> {
                    if (visible(n)) {
                        return true;
                    }
                    for (String below : store.descendants(n)) {
                        if (visible(below)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /**
     * Whether it is one of the methods by which the compilers of Kotlin and Scala let the classes
     * of a file at each other's private members. They are public, but as no source code can call
     * them, only those compilers' output does, in the same package.
     */
    private boolean accessor(Declared d) {
        String name = d.method().name;
        boolean ofKotlin =
                d.is(Opcodes.ACC_STATIC)
                        && d.is(Opcodes.ACC_SYNTHETIC)
                        && name.startsWith("access$");
        // The "expanded name" of a member: com$acme$Table$$cells.
        boolean ofScala = name.startsWith(d.owner().name.replace('/', '$') + "$$");
        if (!ofKotlin && !ofScala) {
            return false;
        }
        String home = ClassStore.packageOf(d.owner().name);
        for (String user : store.world().mentioning(d.method().name, d.method().desc)) {
            if (!ClassStore.packageOf(user).equals(home)) {
                return false;
            }
        }
        return true;
    }

    private boolean visible(String name) {
        ClassNode c = store.find(name);
        return c == null || ClassStore.is(c.access, Opcodes.ACC_PUBLIC);
    }

    /** Frameworks call what bears their annotations. */
    private static boolean annotated(MethodNode m) {
        return m.visibleAnnotations != null || m.visibleParameterAnnotations != null;
    }

    private boolean lookedUp(Declared d) {
        for (String c : store.family(d.owner())) {
            ClassNode node = store.find(c);
            if (node != null && store.mentions(node).callsByName(d.method().name)) {
                return true;
            }
        }
        return false;
    }

    /** What nobody calls, somebody calls whom we do not see. */
    private boolean called(List<Declared> family) {
        Set<MethodId> ids = new HashSet<>();
        family.forEach(d -> ids.add(d.id()));
        MethodNode first = family.get(0).method();
        Set<String> users = new HashSet<>(store.world().mentioning(first.name, first.desc));
        family.forEach(d -> users.add(d.owner().name));
        for (String user : users) {
            ClassNode c = store.find(user);
            if (c == null) {
                continue;
            }
            for (MethodNode m : store.mentions(c).of(first.name, first.desc)) {
                if (calls(m, first, ids)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean calls(MethodNode caller, MethodNode method, Set<MethodId> ids) {
        for (AbstractInsnNode i = caller.instructions.getFirst(); i != null; i = i.getNext()) {
            if (i instanceof MethodInsnNode call
                    && call.name.equals(method.name)
                    && call.desc.equals(method.desc)) {
                Declared found = store.resolveMethod(call.owner, call.name, call.desc);
                if (found != null && ids.contains(found.id())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean handled(Collection<String> classes, Declared d) {
        for (String c : classes) {
            for (MethodId h : handlesOf(c)) {
                if (h.name().equals(d.method().name) && h.descriptor().equals(d.method().desc)) {
                    Declared found = store.resolveMethod(h.owner(), h.name(), h.descriptor());
                    if (found == null || found.id().equals(d.id())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The methods that method handles in a class stand for. */
    private Set<MethodId> handlesOf(String name) {
        return handled.computeIfAbsent(name, this::findHandles);
    }

    private Set<MethodId> findHandles(String name) {
        Set<MethodId> all = new HashSet<>();
        ClassNode node = store.find(name);
        if (node == null) {
            return all;
        }
        for (MethodNode m : node.methods) {
            for (AbstractInsnNode i = m.instructions.getFirst(); i != null; i = i.getNext()) {
                if (i instanceof InvokeDynamicInsnNode) {
                    for (Object o : ((InvokeDynamicInsnNode) i).bsmArgs) {
                        addHandle(o, all);
                    }
                } else if (i instanceof LdcInsnNode) {
                    addHandle(((LdcInsnNode) i).cst, all);
                }
            }
        }
        return all;
    }

    private static void addHandle(Object o, Set<MethodId> all) {
        if (o instanceof Handle h) {
            all.add(new MethodId(h.getOwner(), h.getName(), h.getDesc()));
        }
    }
}
