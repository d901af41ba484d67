package io.emucxl.agent.analysis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What the methods of a class name, so that they need not be read again for every question. */
final class Mentions {
    /** Methods that find a field by its name. */
    private static final Set<String> BY_NAME =
            Set.of(
                    "getDeclaredField",
                    "getField",
                    "objectFieldOffset",
                    "staticFieldOffset",
                    "findVarHandle",
                    "findStaticVarHandle",
                    "findGetter",
                    "findSetter",
                    "findStaticGetter",
                    "findStaticSetter",
                    "newUpdater");

    /** Methods that find a method or constructor by its name. */
    private static final Set<String> METHODS_BY_NAME =
            Set.of(
                    "getDeclaredMethod",
                    "getDeclaredMethods",
                    "getMethod",
                    "getMethods",
                    "findVirtual",
                    "findSpecial",
                    "findStatic");

    private static final Set<String> CONSTRUCTORS =
            Set.of(
                    "getDeclaredConstructor",
                    "getDeclaredConstructors",
                    "getConstructor",
                    "getConstructors",
                    "findConstructor");

    private final Map<String, Set<MethodNode>> members = new HashMap<>();
    private final Map<String, MethodNode> strings = new LinkedHashMap<>();
    private boolean looksUp;
    private boolean looksUpMethods;
    private boolean looksUpConstructors;

    Mentions(ClassNode c) {
        for (MethodNode m : c.methods) {
            AbstractInsnNode i = m.instructions.getFirst();
            for (; i != null; i = i.getNext()) {
                if (i instanceof FieldInsnNode f) {
                    member(f.name, f.desc, m);
                } else if (i instanceof MethodInsnNode call) {
                    member(call.name, call.desc, m);
                    looksUp |= BY_NAME.contains(call.name);
                    looksUpMethods |= METHODS_BY_NAME.contains(call.name);
                    looksUpConstructors |= CONSTRUCTORS.contains(call.name);
                } else if (i instanceof LdcInsnNode ldc && ldc.cst instanceof String s) {
                    strings.putIfAbsent(s, m);
                }
            }
        }
    }

    private void member(String name, String descriptor, MethodNode by) {
        members.computeIfAbsent(name + ' ' + descriptor, key -> new LinkedHashSet<>()).add(by);
    }

    /** The methods that name a field or method of this name and descriptor, of any class. */
    Set<MethodNode> of(String name, String descriptor) {
        return members.getOrDefault(name + ' ' + descriptor, Set.of());
    }

    /** A method that has this string among its constants, if the class looks up fields by name. */
    MethodNode lookingUp(String string) {
        return looksUp ? strings.get(string) : null;
    }

    /** Whether the class may find a method of this name, or a constructor, by reflection. */
    boolean callsByName(String method) {
        return method.equals("<init>")
                ? looksUpConstructors
                : looksUpMethods && strings.containsKey(method);
    }
}
