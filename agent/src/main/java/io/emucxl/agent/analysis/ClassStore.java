package io.emucxl.agent.analysis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The class files of a world, parsed once each, and the resolution of members through them. */
final class ClassStore {
    /** A method with the class that declares it. */
    record Declared(ClassNode owner, MethodNode method) {
        MethodId id() {
            return new MethodId(owner.name, method.name, method.desc);
        }

        boolean is(int access) {
            return (method.access & access) != 0;
        }
    }

    private static final ClassNode ABSENT = new ClassNode();

    /** What resolution does not look at. */
    private static final int BODIES =
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private final World world;
    private final int skipped;
    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Map<String, String> unreadable = new HashMap<>();
    private final Map<ClassNode, Mentions> mentions = new HashMap<>();

    ClassStore(World world) {
        this(world, ClassReader.SKIP_FRAMES);
    }

    private ClassStore(World world, int skipped) {
        this.world = world;
        this.skipped = skipped;
    }

    /** A store of classes without the bodies of their methods, which costs far less. */
    static ClassStore withoutBodies(World world) {
        return new ClassStore(world, BODIES);
    }

    World world() {
        return world;
    }

    /** Adds a class file that the world may not have, such as the one that is being loaded. */
    ClassNode add(ClassReader file) {
        ClassNode node = new ClassNode();
        file.accept(node, skipped);
        classes.put(node.name, node);
        return node;
    }

    /** Looks for the classes again that were not found: a loader may have them now. */
    void forgetAbsent() {
        classes.values().removeAll(Set.of(ABSENT));
    }

    /** The class, or null when the world and the JDK do not have it or it cannot be read. */
    ClassNode find(String internalName) {
        ClassNode node = classes.get(internalName);
        if (node == null) {
            node = read(internalName);
            classes.put(internalName, node);
        }
        return node == ABSENT ? null : node;
    }

    /** What the methods of a class name. */
    Mentions mentions(ClassNode c) {
        return mentions.computeIfAbsent(c, Mentions::new);
    }

    /** Why a class file that the world has cannot be read; null when there is no such trouble. */
    String unreadable(String internalName) {
        find(internalName);
        return unreadable.get(internalName);
    }

    private ClassNode read(String name) {
        if (name.startsWith("[")) {
            return ABSENT;
        }
        try {
            byte[] bytes = JdkClasses.has(name) ? JdkClasses.file(name) : world.classFile(name);
            if (bytes == null) {
                return ABSENT;
            }
            ClassNode node = new ClassNode();
            new ClassReader(bytes).accept(node, skipped);
            return node;
        } catch (IOException | RuntimeException e) {
            // A class file that ASM does not know or that somebody damaged.
            unreadable.put(name, "its class file cannot be read (" + e.getMessage() + ")");
            return ABSENT;
        }
    }

    /** The field that an instruction means, or null when it cannot be found. */
    FieldId resolveField(String owner, String name, String descriptor) {
        for (String c = owner; c != null; ) {
            ClassNode node = find(c);
            if (node == null) {
                return null;
            }
            if (field(node, name, descriptor) != null) {
                return new FieldId(c, name, descriptor);
            }
            for (String i : allInterfaces(node)) {
                ClassNode in = find(i);
                if (in != null && field(in, name, descriptor) != null) {
                    return new FieldId(i, name, descriptor);
                }
            }
            c = node.superName;
        }
        return null;
    }

    static FieldNode field(ClassNode node, String name, String descriptor) {
        for (FieldNode f : node.fields) {
            if (f.name.equals(name) && f.desc.equals(descriptor)) {
                return f;
            }
        }
        return null;
    }

    static MethodNode method(ClassNode node, String name, String descriptor) {
        for (MethodNode m : node.methods) {
            if (m.name.equals(name) && m.desc.equals(descriptor)) {
                return m;
            }
        }
        return null;
    }

    /** The method that an instruction selects before dispatch, or null when it is not found. */
    Declared resolveMethod(String owner, String name, String descriptor) {
        ClassNode start = find(owner);
        for (ClassNode c = start; c != null; c = c.superName == null ? null : find(c.superName)) {
            MethodNode m = method(c, name, descriptor);
            if (m != null) {
                return new Declared(c, m);
            }
        }
        if (start != null) {
            for (String i : allInterfaces(start)) {
                ClassNode in = find(i);
                MethodNode m = in == null ? null : method(in, name, descriptor);
                if (m != null) {
                    return new Declared(in, m);
                }
            }
        }
        return null;
    }

    /** The interfaces of a class and of its superclasses, with their superinterfaces. */
    private Collection<String> allInterfaces(ClassNode node) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> todo = new ArrayDeque<>();
        for (ClassNode c = node; c != null; c = c.superName == null ? null : find(c.superName)) {
            todo.addAll(c.interfaces);
        }
        while (!todo.isEmpty()) {
            String i = todo.pop();
            if (seen.add(i)) {
                ClassNode in = find(i);
                if (in != null) {
                    todo.addAll(in.interfaces);
                }
            }
        }
        return seen;
    }

    /** Whether a class is, or may be because its ancestors are unknown, a subtype of another. */
    boolean isSubtype(String name, String ancestor) {
        Deque<String> todo = new ArrayDeque<>(List.of(name));
        Set<String> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            String c = todo.pop();
            if (c.equals(ancestor)) {
                return true;
            }
            if (seen.add(c)) {
                ClassNode node = find(c);
                if (node != null) {
                    if (node.superName != null) {
                        todo.add(node.superName);
                    }
                    todo.addAll(node.interfaces);
                }
            }
        }
        return false;
    }

    /** Why a class cannot be rewritten, as a clause; null when it can. */
    String fixed(String name) {
        String why = world.fixed(name);
        ClassNode node = why == null ? find(name) : null;
        return node == null ? why : SerialVersion.trouble(node, this);
    }

    /** Whether not all ancestors of a class are to be found. */
    boolean hasUnknownAncestor(ClassNode node) {
        Deque<String> todo = new ArrayDeque<>(parents(node));
        Set<String> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (seen.add(name)) {
                ClassNode c = find(name);
                if (c == null) {
                    return true;
                }
                todo.addAll(parents(c));
            }
        }
        return false;
    }

    /** The superclass and the interfaces of a class. */
    static List<String> parents(ClassNode c) {
        List<String> all = new ArrayList<>(c.interfaces);
        if (c.superName != null) {
            all.add(c.superName);
        }
        return all;
    }

    /** All classes of the world below this one, itself not included. */
    Set<String> descendants(String name) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of(name));
        while (!todo.isEmpty()) {
            for (String s : world.subtypes(todo.pop())) {
                if (all.add(s)) {
                    todo.add(s);
                }
            }
        }
        return all;
    }

    /** The classes that may touch a private member of this class. */
    Set<String> nest(ClassNode node) {
        Set<String> all = new LinkedHashSet<>();
        String host = node.nestHostClass == null ? node.name : node.nestHostClass;
        all.add(host);
        all.add(node.name);
        ClassNode h = find(host);
        if (h != null && h.nestMembers != null) {
            all.addAll(h.nestMembers);
        }
        return all;
    }

    /** The class, its nest, and what its InnerClasses attribute encloses (files before Java 11). */
    Set<String> family(ClassNode node) {
        Set<String> all = new LinkedHashSet<>(nest(node));
        String top = node.name.contains("$") ? node.name.substring(0, node.name.indexOf('$')) : "";
        List<ClassNode> from = new ArrayList<>(List.of(node));
        ClassNode outer = find(top);
        if (outer != null) {
            from.add(outer);
        }
        for (ClassNode c : from) {
            for (InnerClassNode i : c.innerClasses) {
                if (i.name.startsWith(c.name + '$')) {
                    all.add(i.name);
                }
            }
            all.add(c.name);
        }
        return all;
    }

    static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    static boolean is(int access, int flag) {
        return (access & flag) != 0;
    }

    static boolean packagePrivate(int access) {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE)) == 0;
    }
}
