package io.emucxl.agent.cli;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be placed of one jar.
 *
 * @param file the jar or directory, as it was named; {@code a.jar!/BOOT-INF/lib/b.jar} for one in a
 *     jar of Spring Boot
 * @param fields the number of fields that were asked about
 * @param placed those that can be placed
 * @param wrappedOnly those that can be rewritten, and that only arrays from outside get into, so
 *     that nothing would move
 * @param refused the others, and why
 * @param copied those of the placed that are returned as copies, and where
 */
record Coverage(
        String file,
        int fields,
        List<FieldId> placed,
        List<FieldId> wrappedOnly,
        List<Refusal> refused,
        Map<FieldId, String> copied) {

    /**
     * The coverage of one jar in a plan.
     *
     * @param asked the fields of the jar
     * @param beforehand those that no plan was asked for, and why
     */
    static Coverage of(String file, List<FieldId> asked, List<Refusal> beforehand, Plan plan) {
        List<FieldId> placed = new ArrayList<>();
        List<FieldId> wrappedOnly = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>(beforehand);
        for (FieldId field : asked) {
            if (plan.wrappedOnly().contains(field)) {
                wrappedOnly.add(field);
            } else if (plan.placed().containsKey(field)) {
                placed.add(field);
            }
        }
        Set<FieldId> fields = new HashSet<>(asked);
        for (Refusal refusal : plan.refused()) {
            if (fields.contains(refusal.field())) {
                refused.add(refusal);
            }
        }
        Map<FieldId, String> copied = new LinkedHashMap<>();
        for (FieldId field : asked) {
            String at = plan.copied().getOrDefault(field, "");
            if (!at.isEmpty()) {
                copied.put(field, at);
            }
        }
        int all = asked.size() + beforehand.size();
        return new Coverage(file, all, placed, wrappedOnly, refused, copied);
    }

    int percent() {
        return fields == 0 ? 0 : (int) (100L * placed.size() / fields);
    }
}
