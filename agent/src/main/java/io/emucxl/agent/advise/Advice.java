package io.emucxl.agent.advise;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import io.emucxl.agent.weave.JarWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A field with many live bytes, and whether they can be placed.
 *
 * @param bytes what was seen of it
 * @param field the field, or null when no class on the class path declares it as an array of
 *     primitives
 * @param refusal why it stays on the heap, or null when it can be placed
 */
public record Advice(HeapReader.Bytes bytes, FieldId field, String refusal) {

    /** Whether it can be placed. */
    public boolean isPlaced() {
        return refusal == null;
    }

    /** The field as policy files name it. */
    public String name() {
        return bytes.owner().replace('/', '.') + '.' + bytes.name();
    }

    /**
     * What the analysis says of these fields.
     *
     * @param world the class path that the program had
     * @throws IOException when it cannot be read
     */
    public static List<Advice> of(List<HeapReader.Bytes> fields, JarWorld world)
            throws IOException {
        Map<String, FieldId> declared = new HashMap<>();
        for (String title : world.titles()) {
            for (FieldId field : world.eligibleFields(title)) {
                declared.putIfAbsent(field.toString(), field);
            }
        }
        List<Target> targets = new ArrayList<>();
        for (HeapReader.Bytes bytes : fields) {
            FieldId field = declared.get(name(bytes));
            if (field != null) {
                targets.add(new Target(field, targets.size(), "advise"));
            }
        }
        Plan plan = targets.isEmpty() ? Plan.EMPTY : Planner.plan(world, targets);
        Map<FieldId, String> refused = new HashMap<>();
        for (Refusal refusal : plan.refused()) {
            String at = refusal.at().isEmpty() ? "" : refusal.at() + ": ";
            refused.put(refusal.field(), at + refusal.reason());
        }
        for (FieldId field : plan.wrappedOnly()) {
            refused.put(field, "every array in it comes from outside");
        }
        List<Advice> all = new ArrayList<>();
        for (HeapReader.Bytes bytes : fields) {
            FieldId field = declared.get(name(bytes));
            all.add(
                    new Advice(
                            bytes,
                            field,
                            field == null ? unknown(bytes, world) : refused.get(field)));
        }
        return all;
    }

    private static String name(HeapReader.Bytes bytes) {
        return bytes.owner().replace('/', '.') + '.' + bytes.name();
    }

    private static String unknown(HeapReader.Bytes bytes, JarWorld world) {
        if (world.fixed(bytes.owner()) != null) {
            return "it is a class of the JDK";
        }
        return world.classFile(bytes.owner()) == null
                ? "its class is not on the class path"
                : "its type is no array of primitives of one or two dimensions";
    }
}
