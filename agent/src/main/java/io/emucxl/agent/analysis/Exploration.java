package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Reads the bodies that arrays of some fields can come to: first those that touch the fields, then
 * those of the methods that their arrays are passed to, and so on, until nothing new is reached.
 */
final class Exploration {
    private final ClassStore store;
    private final WorldPlaces places;
    private final Map<Object, BodyFlow> flows = new LinkedHashMap<>();
    private final Set<Object> expanded = new HashSet<>();

    /** Opened methods whose version for heap arrays nobody was seen to call yet. */
    private final Map<MethodPlaces, Set<Declared>> idle = new LinkedHashMap<>();

    /** Bodies that cannot be rewritten. */
    private final Set<MethodId> unread = new HashSet<>();

    /** Opened methods whose version for heap arrays somebody calls. */
    private final Set<MethodPlaces> busy = new HashSet<>();

    /**
     * @param store where the bodies are
     * @param places what lies between them
     */
    Exploration(ClassStore store, WorldPlaces places) {
        this.store = store;
        this.places = places;
    }

    /** The bodies that were read. */
    Collection<BodyFlow> flows() {
        return flows.values();
    }

    /** Whether a method has, in the end, one version only, which is the one with handles. */
    boolean inPlace(MethodPlaces m) {
        return m.closed || (m.opened && !busy.contains(m));
    }

    /**
     * Reads what there is to read.
     *
     * @param fields where to start
     */
    void explore(Collection<FieldId> fields) {
        List<Node> starts = new ArrayList<>();
        for (FieldId f : fields) {
            starts.add(places.field(f));
            expandField(f);
        }
        boolean more = true;
        while (more) {
            new Solver(flows.values()).relevance(starts);
            more = false;
            for (FieldId f : List.copyOf(places.fields().keySet())) {
                if (Solver.marked(places.field(f), Solver.FORWARD)) {
                    more |= expandField(f);
                }
            }
            List<MethodPlaces> known = new ArrayList<>();
            places.known().forEach(known::add);
            for (MethodPlaces m : known) {
                if (m.hasArrays() && reached(m)) {
                    more |= expandMethod(m);
                }
            }
            for (BodyFlow f : List.copyOf(flows.values())) {
                more |= expandEntries(f);
            }
            for (MethodPlaces m : List.copyOf(idle.keySet())) {
                more |= expandCallers(m);
            }
            more = more || wake();
        }
    }

    /** Reads the opened methods that are called with heap arrays after all. */
    private boolean wake() {
        boolean more = false;
        for (BodyFlow f : List.copyOf(flows.values())) {
            for (CallSite s : f.calls) {
                if (!s.active() && s.callee.opened) {
                    more |= wake(s.callee);
                }
            }
        }
        return more;
    }

    private boolean wake(MethodPlaces m) {
        busy.add(m);
        Set<Declared> bodies = idle.remove(m);
        if (bodies == null) {
            return false;
        }
        bodies.forEach(d -> analyse(d, null));
        return true;
    }

    private static boolean reached(MethodPlaces m) {
        for (Node p : m.parameters) {
            if (p != null && p.representative().mark != 0) {
                return true;
            }
        }
        return m.returned != null && m.returned.representative().mark != 0;
    }

    /** Reads every body that touches the field. */
    private boolean expandField(FieldId f) {
        if (!expanded.add(f)) {
            return false;
        }
        Node node = places.field(f);
        ClassNode owner = store.find(f.owner());
        FieldNode declared = ClassStore.field(owner, f.name(), f.descriptor());
        Escape why = new FieldRules(store).refuses(owner, declared);
        if (why != null) {
            node.escapes(why);
        }
        Set<String> users = new LinkedHashSet<>();
        users.add(f.owner());
        if (ClassStore.is(declared.access, Opcodes.ACC_PRIVATE)) {
            users.addAll(store.nest(owner));
        } else {
            users.addAll(store.world().mentioning(f.name(), f.descriptor()));
        }
        for (String user : users) {
            ClassNode c = store.find(user);
            if (c == null) {
                String trouble = store.unreadable(user);
                if (trouble != null) {
                    node.escapes(
                            new Escape(
                                    "",
                                    "%s may use it, and %s"
                                            .formatted(user.replace('/', '.'), trouble)));
                }
                continue;
            }
            for (MethodNode m : store.mentions(c).of(f.name(), f.descriptor())) {
                if (uses(m, f)) {
                    analyse(new Declared(c, m), node);
                }
            }
        }
        return true;
    }

    private boolean uses(MethodNode m, FieldId f) {
        for (AbstractInsnNode i = m.instructions.getFirst(); i != null; i = i.getNext()) {
            if (i instanceof FieldInsnNode) {
                FieldInsnNode insn = (FieldInsnNode) i;
                if (insn.name.equals(f.name())
                        && insn.desc.equals(f.descriptor())
                        && f.equals(store.resolveField(insn.owner, insn.name, insn.desc))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Reads the bodies of a method's tiered version, and its callers when they all must change. */
    private boolean expandMethod(MethodPlaces m) {
        if (!expanded.add(m)) {
            return false;
        }
        for (Declared d : places.members(m)) {
            if (!d.is(Opcodes.ACC_ABSTRACT)) {
                analyse(d, m);
            }
        }
        if (m.closed || m.opened) {
            expandCallers(m);
        }
        return true;
    }

    /** When arrays of callers end in a target, reads the callers: they may be made tiered there. */
    private boolean expandEntries(BodyFlow f) {
        if (f.tracked != null || f.id == null) {
            return false;
        }
        for (int i = 0; i < f.parameterLocals(); i++) {
            Node p = f.parameter(i);
            if (p != null && Solver.marked(p, Solver.BACKWARD)) {
                MethodPlaces m = places.places(new Declared(f.owner, f.method));
                if (m.unknown != null || m.returned != null) {
                    return false;
                }
                boolean more = expandMethod(m);
                return expandCallers(m) || more;
            }
        }
        return false;
    }

    private boolean expandCallers(MethodPlaces m) {
        if (!expanded.add(List.of(m))) {
            return false;
        }
        for (Declared d : places.members(m)) {
            Collection<String> users =
                    d.is(Opcodes.ACC_PRIVATE)
                            ? store.nest(d.owner())
                            : store.world().mentioning(d.method().name, d.method().desc);
            Set<String> all = new LinkedHashSet<>(users);
            all.add(d.owner().name);
            for (String user : all) {
                ClassNode c = store.find(user);
                if (c == null) {
                    String trouble = store.unreadable(user);
                    if (m.opened && trouble != null) {
                        wake(m);
                    } else if (m.closed && trouble != null) {
                        bar(
                                m,
                                new Escape(
                                        "",
                                        user.replace('/', '.') + " may call it, and " + trouble));
                    }
                    continue;
                }
                for (MethodNode caller : store.mentions(c).of(d.method().name, d.method().desc)) {
                    if (calls(caller, d, m)) {
                        Declared body = new Declared(c, caller);
                        analyse(body, m.closed ? m : null);
                        if (m.opened && unread.contains(body.id())) {
                            wake(m);
                        }
                    }
                }
            }
        }
        return true;
    }

    private boolean calls(MethodNode caller, Declared d, MethodPlaces m) {
        AbstractInsnNode i = caller.instructions.getFirst();
        for (; i != null; i = i.getNext()) {
            if (i instanceof MethodInsnNode) {
                MethodInsnNode insn = (MethodInsnNode) i;
                if (insn.name.equals(d.method().name)
                        && insn.desc.equals(d.method().desc)
                        && !insn.owner.startsWith("[")
                        && places.callee(insn) == m) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Reads a body as callers that are not rewritten enter it; a closed method has callers that all
     * are.
     *
     * @param needed the place on whose behalf it is read, which is barred when it cannot be read
     */
    private void analyse(Declared d, Object needed) {
        MethodPlaces m = places.places(d);
        boolean tieredVersion = (needed == m && m.unknown == null) || m.closed;
        Object key = tieredVersion ? List.of(d.id(), "tiered") : d.id();
        if (flows.containsKey(key)) {
            return;
        }
        if (m.opened && !tieredVersion && !busy.contains(m)) {
            idle.computeIfAbsent(m, n -> new LinkedHashSet<>()).add(d);
            return;
        }
        BodyFlow flow = new BodyFlow(d.owner(), d.method(), tieredVersion ? m : null, places);
        flow.id = d.id();
        String trouble = store.fixed(d.owner().name);
        if (trouble == null) {
            try {
                flow.run();
            } catch (AnalyzerException | RuntimeException e) {
                trouble = "its bytecode cannot be analysed (" + e.getMessage() + ")";
            }
        }
        if (trouble != null) {
            unread.add(d.id());
            Escape why =
                    new Escape(
                            d.id().toString(),
                            "%s uses it, and %s"
                                    .formatted(d.owner().name.replace('/', '.'), trouble));
            if (needed instanceof Node node) {
                node.escapes(why);
            } else if (needed instanceof MethodPlaces methodPlaces) {
                bar(methodPlaces, why);
            }
        }
        flows.put(key, flow);
    }

    private static void bar(MethodPlaces m, Escape why) {
        for (Node p : m.parameters) {
            if (p != null) {
                p.escapes(why);
            }
        }
        if (m.returned != null) {
            m.returned.escapes(why);
        }
    }
}
