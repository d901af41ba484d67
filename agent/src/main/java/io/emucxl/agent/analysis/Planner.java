package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
 * Decides which targets can be placed.
 *
 * <p>Starting from the targets it reads the bodies that touch them, then those of the methods that
 * their arrays are passed to, and so on, until nothing new is reached. A target is refused when an
 * array of it reaches an instruction that needs a heap array.
 */
public final class Planner {
    private static final int ROUNDS = 20;

    private final ClassStore store;
    private final WorldPlaces places;
    private final Map<FieldId, Target> targets = new LinkedHashMap<>();
    private final Map<Object, BodyFlow> flows = new LinkedHashMap<>();
    private final Set<Object> expanded = new HashSet<>();
    private final List<Refusal> refused = new ArrayList<>();

    /** Opened methods whose version for heap arrays nobody was seen to call yet. */
    private final Map<MethodPlaces, Set<Declared>> idle = new LinkedHashMap<>();

    /** Bodies that cannot be rewritten. */
    private final Set<MethodId> unread = new HashSet<>();

    /** Opened methods whose version for heap arrays somebody calls. */
    private final Set<MethodPlaces> busy = new HashSet<>();

    private Planner(ClassStore store, Set<MethodId> opened) {
        this.store = store;
        places = new WorldPlaces(store, opened);
    }

    /**
     * Makes a plan. Never loads a class; odd class files lead to refusals, not to exceptions.
     *
     * @param world the class files to look at
     * @param targets the fields to place; fields that are no arrays of primitives are refused
     */
    public static Plan plan(World world, Collection<Target> targets) {
        try {
            return plan(new ClassStore(world), targets);
        } catch (RuntimeException e) {
            // Whatever is odd about these class files, the application must start.
            List<Refusal> all = new ArrayList<>();
            for (Target t : targets) {
                all.add(new Refusal(t.field(), "", "the analysis failed: " + e));
            }
            return new Plan(Map.of(), Map.of(), Set.of(), all, Set.of());
        }
    }

    /**
     * A target that must be refused whatever the others do can draw others with it: their arrays
     * meet in methods that got a version with handles for its sake. So it is left out, and the rest
     * is planned again; in the end all that are refused are left out. Before that, methods of which
     * one version cannot serve all callers get two.
     */
    private static Plan plan(ClassStore store, Collection<Target> targets) {
        Map<FieldId, Refusal> left = new LinkedHashMap<>();
        List<Target> rest = new ArrayList<>(targets);
        Set<MethodId> opened = new HashSet<>();
        for (int round = 1; ; round++) {
            Planner planner = new Planner(store, opened);
            for (Target t : rest) {
                planner.start(t);
            }
            planner.explore();
            Plan plan = planner.decide();
            boolean wanting = !plan.refused().isEmpty() || !plan.wrappedOnly().isEmpty();
            if (wanting && round < ROUNDS && opened.addAll(planner.torn())) {
                continue;
            }
            if (plan.refused().isEmpty() || round == ROUNDS) {
                return plan.refusing(left.values());
            }
            for (Refusal r : planner.worst()) {
                left.put(r.field(), r);
            }
            rest.removeIf(t -> left.containsKey(t.field()));
            if (rest.isEmpty()) {
                return Plan.EMPTY.refusing(left.values());
            }
        }
    }

    /**
     * The refusals that no choice of ours could save, or else those of arrays of arrays, which draw
     * the most with them, or else all.
     */
    private List<Refusal> worst() {
        List<Refusal> hard = new ArrayList<>();
        List<Refusal> ofRows = new ArrayList<>();
        for (Refusal r : refused) {
            if (!targets.containsKey(r.field()) || places.field(r.field()).representative().hard) {
                hard.add(r);
            } else if (ArrayType.dimensions(r.field().descriptor()) > 1) {
                ofRows.add(r);
            }
        }
        return !hard.isEmpty() ? hard : !ofRows.isEmpty() ? ofRows : refused;
    }

    /**
     * The methods of which all callers are known, and of which some need heap arrays: they had
     * better keep a version for those.
     */
    private Set<MethodId> torn() {
        Set<MethodId> all = new HashSet<>();
        for (MethodPlaces m : places.known()) {
            boolean torn = m.returned != null && m.returned.representative().escape != null;
            for (Node p : m.parameters) {
                torn |=
                        p != null
                                && ArrayType.dimensions(p.descriptor) > 1
                                && p.representative().escape != null
                                && !p.kept;
            }
            if (m.closed && torn) {
                places.members(m).forEach(d -> all.add(d.id()));
            }
        }
        return all;
    }

    private void start(Target t) {
        FieldId f = t.field();
        ClassNode owner = store.find(f.owner());
        if (owner == null) {
            String why = store.unreadable(f.owner());
            refused.add(new Refusal(f, "", why == null ? "its class is not to be found" : why));
        } else if (ClassStore.field(owner, f.name(), f.descriptor()) == null) {
            refused.add(new Refusal(f, "", "its class does not declare it"));
        } else if (!ArrayType.is(f.descriptor())) {
            refused.add(new Refusal(f, "", "it is not an array of primitives"));
        } else {
            targets.put(f, t);
            Node node = places.field(f);
            node.target = t.number();
            node.wanted = true;
            node.copies = t.copies();
        }
    }

    private void explore() {
        List<Node> starts = new ArrayList<>();
        for (FieldId f : targets.keySet()) {
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

    private Plan decide() {
        for (BodyFlow f : flows.values()) {
            f.finish();
        }
        Solver solver = new Solver(flows.values());
        do {
            solve(solver);
        } while (outgrown());
        return new Plan(placed(), signatures(), wrappedOnly(), refused, classes(), copied());
    }

    private Map<FieldId, String> copied() {
        Map<FieldId, String> all = new LinkedHashMap<>();
        for (Target t : targets.values()) {
            Node n = places.field(t.field()).representative();
            if (t.copies() && n.tiered) {
                all.put(t.field(), n.leak == null ? "" : n.leak.at());
            }
        }
        return all;
    }

    private void solve(Solver solver) {
        for (Node n : solver.representatives()) {
            n.tiered = false;
        }
        refused.removeIf(r -> targets.containsKey(r.field()));
        solver.barred();
        List<Node> starts = new ArrayList<>();
        for (FieldId f : targets.keySet()) {
            Node n = places.field(f).representative();
            if (n.escape == null) {
                starts.add(n);
            } else {
                refused.add(new Refusal(f, n.escape.at(), n.escape.reason()));
            }
        }
        solver.tier(
                starts,
                n -> {
                    throw new IllegalStateException("tiered and barred at once: " + n);
                });
    }

    /** Bars what makes a body too large for a class file; whether there was such a body. */
    private boolean outgrown() {
        boolean any = false;
        for (BodyFlow f : flows.values()) {
            if (f.touched() && CodeSize.outgrows(f)) {
                Escape why =
                        new Escape(
                                f.at(f.method.instructions.getFirst()),
                                "the method that uses it would outgrow 64 KiB");
                for (Node n : f.nodes) {
                    if (n.representative().tiered) {
                        n.escapes(why);
                        any = true;
                    }
                }
            }
        }
        return any;
    }

    private Map<FieldId, Integer> placed() {
        Map<FieldId, Integer> all = new LinkedHashMap<>();
        for (Map.Entry<FieldId, Node> e : places.fields().entrySet()) {
            Node n = e.getValue().representative();
            if (n.tiered) {
                Target own = targets.get(e.getKey());
                all.put(e.getKey(), own == null ? n.target : own.number());
            }
        }
        return all;
    }

    private Map<MethodId, Plan.Signature> signatures() {
        Map<MethodId, Plan.Signature> all = new HashMap<>();
        for (MethodPlaces m : places.known()) {
            String d = m.tieredDescriptor();
            if (d.equals(m.id.descriptor())) {
                continue;
            }
            List<Integer> numbers = new ArrayList<>();
            for (Node p : m.parameters) {
                numbers.add(p == null ? -1 : p.representative().target);
            }
            numbers.add(m.returned == null ? -1 : m.returned.representative().target);
            for (Declared member : places.members(m)) {
                all.put(
                        member.id(),
                        new Plan.Signature(
                                m.tieredName,
                                d,
                                m.closed || (m.opened && !busy.contains(m)),
                                WorldPlaces.overridable(member),
                                numbers));
            }
        }
        return all;
    }

    /** The placed fields to which no allocation flows that could be made in a region. */
    private Set<FieldId> wrappedOnly() {
        Set<Node> fed = new Solver(flows.values()).fed();
        Set<FieldId> all = new LinkedHashSet<>();
        for (Map.Entry<FieldId, Node> e : places.fields().entrySet()) {
            Node n = e.getValue().representative();
            if (n.tiered && !fed.contains(n)) {
                all.add(e.getKey());
            }
        }
        return all;
    }

    private Set<String> classes() {
        Set<String> all = new LinkedHashSet<>();
        for (Map.Entry<FieldId, Node> e : places.fields().entrySet()) {
            if (e.getValue().representative().tiered) {
                all.add(e.getKey().owner());
            }
        }
        signatures().keySet().forEach(m -> all.add(m.owner()));
        for (BodyFlow f : flows.values()) {
            if (f.touched()) {
                all.add(f.owner.name);
            }
        }
        return all;
    }
}
