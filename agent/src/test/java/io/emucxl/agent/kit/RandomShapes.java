package io.emucxl.agent.kit;

import static io.emucxl.agent.kit.Draft.fill;
import static io.emucxl.agent.kit.Draft.hasRows;
import static io.emucxl.agent.kit.Draft.kind;

import io.emucxl.agent.kit.Draft.Place;
import io.emucxl.agent.kit.Draft.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways in which a random program passes its arrays through other classes and methods:
 * interfaces, inner classes, enums, variable arguments, recursion, hidden fields, helpers that get
 * heap arrays as well. Each program has about a third of them.
 */
final class RandomShapes {

    private final Draft draft;
    private final List<List<Shape>> shapes = new ArrayList<>();
    private final List<String> kinds;

    RandomShapes(Draft draft) {
        this.draft = draft;
        kinds = List.copyOf(new LinkedHashSet<>(draft.kinds));
        for (int k = 0; k < kinds.size(); k++) {
            List<Shape> some = draft.fate.shapes();
            some.removeIf(s -> draft.chance(65));
            shapes.add(some);
        }
    }

    /** Writes the members that the shapes need. */
    void declare() {
        draft.line("interface Step { int step(int x); }");
        Set<String> all = new LinkedHashSet<>(kinds);
        all.add("int");
        for (String kind : all) {
            draft.line("static $[] identity($[] a) { return a; }", kind, kind);
            draft.line("static $[][] identity($[][] a) { return a; }", kind, kind);
        }
        for (int k = 0; k < kinds.size(); k++) {
            String kind = kinds.get(k);
            for (Shape s : shapes.get(k)) {
                draft.out.append(text(s.declaration(), kind, "", "0"));
            }
        }
    }

    private String text(String template, String kind, String array, String index) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean alone =
                    (i == 0 || !Character.isJavaIdentifierPart(template.charAt(i - 1)))
                            && (i + 1 == template.length()
                                    || !Character.isJavaIdentifierPart(template.charAt(i + 1)));
            if (c == 'K' && alone) {
                s.append(kind);
            } else if (c == 'K' && Character.isLowerCase(template.charAt(i - 1))) {
                s.append('_').append(kind);
            } else if (c == 'A' && alone) {
                s.append(array);
            } else if (c == 'V' && alone) {
                s.append(draft.value(kind));
            } else if (c == 'I' && alone) {
                s.append(index);
            } else if (template.startsWith("this.", i)) {
                // Also from within another class.
                s.append(draft.name).append(".this.");
                i += 4;
            } else if (template.startsWith("INT", i)) {
                s.append(RandomArrays.integer(kind, "e"));
                i += 2;
            } else {
                s.append(c);
            }
        }
        return s.toString();
    }

    /** An array that comes by one of the shapes; {@code inner} is one that may go in. */
    String array(Scope scope, String type, String inner) {
        String kind = kind(type);
        if (hasRows(type)) {
            Place row = draft.place(scope, kind + "[]");
            return row == null
                    ? inner
                    : fill("new $[][] {$, $, null}", kind, row.name(), row.name());
        }
        List<String> choices = new ArrayList<>();
        if (kinds.contains(kind)) {
            shapes.get(kinds.indexOf(kind)).forEach(s -> choices.addAll(s.arrays()));
        }
        String chosen = choose(scope, choices);
        return chosen == null ? inner : "(" + text(chosen, kind, inner, "0") + ")";
    }

    /** Writes a statement with one of the shapes. */
    void statement(Scope scope, RandomArrays arrays) {
        int k = draft.random.nextInt(kinds.size());
        List<String> choices = new ArrayList<>();
        for (Shape s : shapes.get(k)) {
            choices.addAll(s.statements());
        }
        String chosen = choose(scope, choices);
        if (chosen != null) {
            String kind = kinds.get(k);
            String array = arrays.array(scope, kind + "[]", 1);
            draft.line(text(chosen, kind, array, arrays.index(scope)));
        }
    }

    private String choose(Scope scope, List<String> choices) {
        if (!scope.instance()) {
            choices.removeIf(c -> c.contains("this."));
        }
        return choices.isEmpty() ? null : choices.get(draft.random.nextInt(choices.size()));
    }
}
