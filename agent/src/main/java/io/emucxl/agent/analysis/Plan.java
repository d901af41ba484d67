package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be rewritten: the fields that hold handles, and the methods that take or return them.
 * Immutable; it names fields and methods only, so that it can be stored.
 *
 * @param placed the fields that hold handles, with the number of the target that each belongs to;
 *     also fields that nobody asked for but that arrays of a target flow into
 * @param methods the methods that have a version with handles in its signature
 * @param wrappedOnly those of the placed fields into which only heap arrays flow
 * @param refused the targets that stay on the heap
 * @param classes internal names of the classes known to need rewriting
 * @param copied those of the placed fields of which callers that are not rewritten may get copies,
 *     with {@code class.method:line} of an instruction that returns one, or nothing
 */
public record Plan(
        Map<FieldId, Integer> placed,
        Map<MethodId, Signature> methods,
        Set<FieldId> wrappedOnly,
        List<Refusal> refused,
        Set<String> classes,
        Map<FieldId, String> copied) {

    /** A plan that changes nothing. */
    public static final Plan EMPTY =
            new Plan(Map.of(), Map.of(), Set.of(), List.of(), Set.of(), Map.of());

    /**
     * A method's version with handles.
     *
     * @param name its name: the original's, unless that would clash with an overload
     * @param descriptor its descriptor
     * @param inPlace whether it replaces the original; otherwise it stands beside it
     * @param virtual whether subclasses may override it
     * @param targets the numbers of the targets of the parameters, and of the return as the last
     */
    public record Signature(
            String name,
            String descriptor,
            boolean inPlace,
            boolean virtual,
            List<Integer> targets) {
        public Signature {
            targets = List.copyOf(targets);
        }
    }

    /** Makes the collections immutable. */
    public Plan {
        placed = Map.copyOf(placed);
        methods = Map.copyOf(methods);
        wrappedOnly = Set.copyOf(wrappedOnly);
        refused = List.copyOf(refused);
        classes = Set.copyOf(classes);
        copied = Map.copyOf(copied);
    }

    /** A plan in which nobody gets a copy. */
    public Plan(
            Map<FieldId, Integer> placed,
            Map<MethodId, Signature> methods,
            Set<FieldId> wrappedOnly,
            List<Refusal> refused,
            Set<String> classes) {
        this(placed, methods, wrappedOnly, refused, classes, Map.of());
    }

    /** The numbers of the targets of which callers may get copies. */
    Set<Integer> copying() {
        Set<Integer> numbers = new HashSet<>();
        for (FieldId field : copied.keySet()) {
            numbers.add(placed.get(field));
        }
        return numbers;
    }

    /** The plan with more targets that stay on the heap, before those that it has. */
    Plan refusing(Collection<Refusal> more) {
        List<Refusal> all = new ArrayList<>(more);
        all.addAll(refused);
        return new Plan(placed, methods, wrappedOnly, all, classes, copied);
    }

    /**
     * Both plans together. Classes may have been rewritten to this one already, so where the other
     * one changes a method in another way, it is not taken, and its fields become refusals.
     */
    public Plan and(Plan that) {
        List<Refusal> all = new ArrayList<>(refused);
        all.addAll(that.refused);
        for (Map.Entry<MethodId, Signature> e : that.methods.entrySet()) {
            Signature mine = methods.get(e.getKey());
            if (mine != null && !mine.equals(e.getValue())) {
                for (FieldId f : that.placed.keySet()) {
                    all.add(
                            new Refusal(
                                    f,
                                    e.getKey().toString(),
                                    "an earlier plan gave this method another signature"));
                }
                return new Plan(placed, methods, wrappedOnly, all, classes, copied);
            }
        }
        Map<FieldId, Integer> fields = new HashMap<>(that.placed);
        fields.putAll(placed);
        Map<MethodId, Signature> signatures = new HashMap<>(that.methods);
        signatures.putAll(methods);
        Set<FieldId> wrapped = new HashSet<>(wrappedOnly);
        wrapped.addAll(that.wrappedOnly);
        Set<String> names = new HashSet<>(classes);
        names.addAll(that.classes);
        Map<FieldId, String> copies = new HashMap<>(that.copied);
        copies.putAll(copied);
        return new Plan(fields, signatures, wrapped, all, names, copies);
    }
}
