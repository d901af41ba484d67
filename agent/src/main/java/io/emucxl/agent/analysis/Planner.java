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
import org.objectweb.asm.tree.ClassNode;

/**
 * Decides which targets can be placed.
 *
 * <p>A target is refused when an array of it reaches an instruction that needs a heap array.
 */
public final class Planner {
    private static final int ROUNDS = 20;

    private final ClassStore store;
    private final WorldPlaces places;
    private final Map<FieldId, Target> targets = new LinkedHashMap<>();
    private final Exploration exploration;
    private final List<Refusal> refused = new ArrayList<>();

    private Planner(ClassStore store, Set<MethodId> opened) {
        this.store = store;
        places = new WorldPlaces(store, opened);
        exploration = new Exploration(store, places);
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
            planner.exploration.explore(planner.targets.keySet());
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

    private Plan decide() {
        for (BodyFlow f : exploration.flows()) {
            f.finish();
        }
        Solver solver = new Solver(exploration.flows());
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
        for (BodyFlow f : exploration.flows()) {
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
                                exploration.inPlace(m),
                                WorldPlaces.overridable(member),
                                numbers));
            }
        }
        return all;
    }

    /** The placed fields to which no allocation flows that could be made in a region. */
    private Set<FieldId> wrappedOnly() {
        Set<Node> fed = new Solver(exploration.flows()).fed();
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
        for (BodyFlow f : exploration.flows()) {
            if (f.touched()) {
                all.add(f.owner.name);
            }
        }
        return all;
    }
}
