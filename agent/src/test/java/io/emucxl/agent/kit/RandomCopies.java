package io.emucxl.agent.kit;

import static io.emucxl.agent.kit.Draft.fill;

import io.emucxl.agent.kit.Draft.Place;
import io.emucxl.agent.kit.Draft.Scope;

/** Writes random statements that copy, fill and compare arrays, and hand them to the JDK. */
final class RandomCopies {
    private final Draft draft;
    private final RandomArrays arrays;

    RandomCopies(Draft draft, RandomArrays arrays) {
        this.draft = draft;
        this.arrays = arrays;
    }

    /** Writes one. */
    void statement(Scope scope) {
        String kind = draft.kind();
        String a = arrays.array(scope, kind + "[]", 1);
        String b = arrays.array(scope, kind + "[]", 1);
        boolean sorts = !kind.equals("boolean");
        switch (draft.random.nextInt(10)) {
            case 6 -> bridge(scope, kind, a);
            case 8 -> copy(scope, kind);
            case 7 -> {
                String rows = kind + "[][]";
                draft.line(
                        "System.arraycopy($, $, $, $, $);",
                        arrays.array(scope, rows, 1),
                        draft.number(2),
                        arrays.array(scope, rows, 1),
                        draft.number(2),
                        draft.number(3));
            }
            case 0, 1, 2 -> {
                String to = draft.chance(50) ? a : b;
                draft.line(
                        "System.arraycopy($, $, $, $, $);",
                        a,
                        draft.number(3),
                        to,
                        draft.number(3),
                        draft.number(5));
            }
            case 3 -> draft.line("Arrays.fill($, $);", a, arrays.value(scope, kind));
            case 4 ->
                    draft.line(
                            "Arrays.fill($, $, $, $);",
                            a,
                            draft.number(2),
                            draft.number(5),
                            draft.value(kind));
            case 5 -> draft.line(sorts ? "Arrays.sort($);" : "log(Arrays.hashCode($));", a);
            default -> draft.line("log(Arrays.equals($, $));", a, b);
        }
    }

    /** Makes a copy, changes it, and looks at both. */
    private void copy(Scope scope, String kind) {
        Place p = draft.place(scope, kind + "[]");
        if (p == null) {
            return;
        }
        String c = draft.fresh("c");
        String how =
                draft.oneOf(
                        p.name() + ".clone()",
                        "Arrays.copyOf(" + p.name() + ", " + draft.size() + ")",
                        "Arrays.copyOfRange(" + p.name() + ", 1, " + draft.number(5) + ")");
        draft.line("{ $[] $ = $;", kind, c, how);
        draft.line(arrays.update(scope, c, arrays.index(scope), kind));
        draft.line("log($ == $); log(Arrays.toString($));", p.name(), c, p.name());
        draft.line("log(Arrays.toString($)); }", c);
    }

    /** Hands an array to a method of the JDK that only looks at it. */
    private void bridge(Scope scope, String kind, String a) {
        String from = arrays.index(scope);
        String buffer = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Buffer";
        String text =
                switch (kind) {
                    case "char" ->
                            draft.oneOf(
                                    "new String(" + a + ")",
                                    "String.valueOf(" + a + ", " + from + ", 2)",
                                    "new String(" + a + ", 1, " + from + ")",
                                    "new StringBuilder(\"<\").append(" + a + ", " + from + ", 1)");
                    case "int", "long", "double" ->
                            draft.oneOf(
                                    "Arrays.stream(" + a + ").sum()",
                                    "Arrays.stream(" + a + ", " + from + ", 3).max()",
                                    "Arrays.binarySearch(" + a + ", " + draft.value(kind) + ")");
                    case "boolean" -> "Arrays.hashCode(" + a + ")";
                    default ->
                            "Arrays.binarySearch("
                                    + a
                                    + ", 0, "
                                    + from
                                    + ", "
                                    + draft.value(kind)
                                    + ")";
                };
        if (!kind.equals("boolean") && draft.chance(40)) {
            text = fill("java.nio.$.allocate(4).put($, $, 2).position()", buffer, a, from);
        }
        draft.line("log($);", text);
    }
}
