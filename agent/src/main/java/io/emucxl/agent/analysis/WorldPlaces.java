package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The fields and methods of a world as places, each made when it is first met. */
final class WorldPlaces implements Places {
    private final ClassStore store;
    private final Readers readers;
    private final EmptyConstants empties;
    private final RawAccesses rawAccesses;
    private final Map<FieldId, Node> fields = new LinkedHashMap<>();
    private final Map<MethodId, MethodPlaces> methods = new HashMap<>();
    private final Map<MethodPlaces, List<Declared>> members = new HashMap<>();
    private final Confinement confinement;
    private final Proxies proxies;
    private final Set<MethodId> opened;

    /**
     * @param opened methods that keep a version for heap arrays although all callers are known
     */
    WorldPlaces(ClassStore store, Set<MethodId> opened) {
        this.opened = opened;
        this.store = store;
        this.readers = new Readers(store);
        this.empties = new EmptyConstants(store);
        this.rawAccesses = new RawAccesses(store);
        this.confinement = new Confinement(store);
        this.proxies = new Proxies(store);
    }

    Map<FieldId, Node> fields() {
        return fields;
    }

    /**
     * The declarations that share a method's places: itself, and what it overrides or vice versa.
     */
    List<Declared> members(MethodPlaces places) {
        return members.getOrDefault(places, List.of());
    }

    Iterable<MethodPlaces> known() {
        return members.keySet();
    }

    @Override
    public Node field(FieldInsnNode insn) {
        FieldId id = store.resolveField(insn.owner, insn.name, insn.desc);
        if (id == null) {
            Node lost = new Node(Node.Kind.READ, insn.desc, null);
            lost.escapes(
                    new Escape(
                            "",
                            "the class files do not say which field %s.%s is"
                                    .formatted(insn.owner.replace('/', '.'), insn.name)));
            return lost;
        }
        return field(id);
    }

    Node field(FieldId id) {
        return fields.computeIfAbsent(id, this::newField);
    }

    private Node newField(FieldId id) {
        Node n = new Node(Node.Kind.FIELD, id.descriptor(), id);
        String fixed = store.fixed(id.owner());
        if (fixed != null) {
            n.escapes(
                    new Escape(
                            "",
                            "%s cannot be rewritten: %s"
                                    .formatted(id.owner().replace('/', '.'), fixed)));
        }
        return n;
    }

    @Override
    public MethodPlaces callee(MethodInsnNode call) {
        return callee(call.owner, call.name, call.desc);
    }

    private MethodPlaces callee(String owner, String name, String descriptor) {
        Declared found = store.resolveMethod(owner, name, descriptor);
        if (found == null) {
            return unknown(
                    new MethodId(owner, name, descriptor), "whose class file is not to be found");
        }
        return places(found);
    }

    private static MethodPlaces unknown(MethodId id, String why) {
        return new MethodPlaces(id, false, why);
    }

    /** The places of a method that is declared in the world. */
    MethodPlaces places(Declared found) {
        MethodPlaces known = methods.get(found.id());
        if (known != null) {
            return known;
        }
        MethodPlaces made;
        List<Declared> all = overridable(found) ? family(found) : List.of(found);
        String why = null;
        for (Declared d : all) {
            why = why == null ? notRewritable(d) : why;
        }
        if (why == null
                && all.size() == 1
                && overridable(found)
                && store.hasUnknownAncestor(found.owner())) {
            why = "which may override a method of a class that is not to be found";
        }
        boolean clashes = why == null && clashes(all);
        if (clashes && found.method().name.equals("<init>")) {
            why = "which has overloads that differ in the type of an array only";
        }
        if (why != null) {
            made = unknown(found.id(), why);
        } else {
            boolean confined = confinement.confined(all);
            boolean open = opened.contains(found.id());
            made = new MethodPlaces(found.id(), confined && !open, null);
            made.opened = confined && open;
            if (clashes || (made.opened && ofInterface(all))) {
                made.tieredName = found.method().name + kinds(found.method().desc);
            }
            members.put(made, all);
        }
        for (Declared d : all) {
            methods.put(d.id(), made);
        }
        return made;
    }

    /** Proxies do not implement two methods that differ in what they return only. */
    private static boolean ofInterface(List<Declared> all) {
        return all.stream().anyMatch(d -> ClassStore.is(d.owner().access, Opcodes.ACC_INTERFACE));
    }

    /** Whether handles would make overloads alike, in a class or with what it inherits. */
    private boolean clashes(List<Declared> all) {
        Set<String> hierarchy = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>();
        for (Declared d : all) {
            todo.add(d.owner().name);
            hierarchy.addAll(store.descendants(d.owner().name));
        }
        todo.addAll(hierarchy);
        Set<String> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            String name = todo.pop();
            ClassNode c = seen.add(name) ? store.find(name) : null;
            if (c == null || name.startsWith("java/")) {
                continue;
            }
            for (MethodNode m : c.methods) {
                MethodNode mine = all.get(0).method();
                if (m.name.equals(mine.name)
                        && !m.desc.equals(mine.desc)
                        && erased(m.desc).equals(erased(mine.desc))) {
                    return true;
                }
            }
            todo.addAll(ClassStore.parents(c));
        }
        return false;
    }

    /** The parameters with every array of primitives as a handle. */
    private static String erased(String descriptor) {
        String parameters = descriptor.substring(0, descriptor.indexOf(')'));
        return parameters.replaceAll("\\[[ZBCSIJFD]", "H");
    }

    /**
     * A suffix of the kinds of the arrays among the parameters, and of that which is returned, such
     * as {@code $JI} or {@code $JI$J}: obfuscators make methods that differ in what they return
     * only.
     */
    private static String kinds(String descriptor) {
        StringBuilder s = new StringBuilder("$");
        for (Type t : Type.getArgumentTypes(descriptor)) {
            s.append(kind(t));
        }
        String returned = kind(Type.getReturnType(descriptor));
        return s.append(returned.isEmpty() ? "" : "$").append(returned).toString();
    }

    private static String kind(Type type) {
        String d = type.getDescriptor();
        return ArrayType.is(d) ? d.replace("[", "") : "";
    }

    static boolean overridable(Declared d) {
        return !d.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE) && !d.method().name.equals("<init>");
    }

    private String notRewritable(Declared d) {
        String fixed = store.fixed(d.owner().name);
        if (fixed != null) {
            return "and %s cannot be rewritten: %s"
                    .formatted(d.owner().name.replace('/', '.'), fixed);
        }
        if (d.is(Opcodes.ACC_NATIVE)) {
            return "which is native";
        }
        if (proxies.implement(d.owner())) {
            return "which a proxy may implement";
        }
        return functional(d) ? "which lambdas may implement" : null;
    }

    /** Whether it is the one abstract method of an interface. */
    private static boolean functional(Declared d) {
        if (!d.is(Opcodes.ACC_ABSTRACT)
                || !ClassStore.is(d.owner().access, Opcodes.ACC_INTERFACE)) {
            return false;
        }
        int count = 0;
        for (MethodNode m : d.owner().methods) {
            count += ClassStore.is(m.access, Opcodes.ACC_ABSTRACT) ? 1 : 0;
        }
        return count == 1;
    }

    /** Everything that overrides the method or is overridden by it, through the whole hierarchy. */
    private List<Declared> family(Declared start) {
        String name = start.method().name;
        String descriptor = start.method().desc;
        Map<String, Declared> found = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of(start.owner().name));
        while (!todo.isEmpty()) {
            String c = todo.pop();
            if (!seen.add(c)) {
                continue;
            }
            ClassNode node = store.find(c);
            if (node == null) {
                continue;
            }
            MethodNode m = ClassStore.method(node, name, descriptor);
            boolean declares = m != null && overridable(new Declared(node, m));
            if (declares) {
                found.put(c, new Declared(node, m));
            }
            for (String p : ClassStore.parents(node)) {
                if (p.equals("java/lang/Object")) {
                    continue;
                }
                Declared inherited = store.resolveMethod(p, name, descriptor);
                if (inherited != null && overridable(inherited)) {
                    todo.add(p);
                    todo.add(inherited.owner().name);
                }
            }
            if (declares || store.resolveMethod(c, name, descriptor) != null) {
                todo.addAll(store.world().subtypes(c));
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public boolean readsEmpty(FieldInsnNode insn) {
        return empties.reads(insn);
    }

    @Override
    public boolean accessesRaw(MethodInsnNode call) {
        return rawAccesses.is(call);
    }

    @Override
    public boolean onlyReads(MethodInsnNode call, int parameter, String descriptor) {
        return readers.onlyReads(call, parameter, descriptor);
    }

    @Override
    public MethodPlaces callee(Handle handle) {
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
            if (ArrayType.is(handle.getDesc())) {
                FieldId id =
                        store.resolveField(handle.getOwner(), handle.getName(), handle.getDesc());
                if (id != null) {
                    field(id).escapes(new Escape("", "a method handle reads or writes it"));
                }
            }
            return null;
        }
        MethodPlaces m = callee(handle.getOwner(), handle.getName(), handle.getDesc());
        if (m.closed) {
            Escape why = new Escape("", "a method handle stands for " + m.id);
            for (Node p : m.parameters) {
                if (p != null) {
                    p.escapes(why);
                }
            }
            if (m.returned != null) {
                m.returned.escapes(why);
            }
        }
        return m;
    }
}
