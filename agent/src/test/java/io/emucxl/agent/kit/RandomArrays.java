package io.emucxl.agent.kit;

import static io.emucxl.agent.kit.Draft.fill;
import static io.emucxl.agent.kit.Draft.hasRows;
import static io.emucxl.agent.kit.Draft.kind;

import io.emucxl.agent.kit.Draft.Helper;
import io.emucxl.agent.kit.Draft.Place;
import io.emucxl.agent.kit.Draft.Scope;
import java.util.ArrayList;
import java.util.List;

/** Writes random expressions whose value is an array, or comes of one. */
final class RandomArrays {
    private final Draft draft;
    private final RandomShapes shapes;

    RandomArrays(Draft draft, RandomShapes shapes) {
        this.draft = draft;
        this.shapes = shapes;
    }

    /** An expression of this array type. */
    String array(Scope scope, String type, int depth) {
        Place p = draft.place(scope, type);
        if (p == null || draft.chance(12)) {
            return draft.chance(8) ? "((" + type + ") null)" : "(" + draft.creation(type) + ")";
        }
        if (depth == 0 || draft.chance(40)) {
            return p.name();
        }
        String inner = array(scope, type, depth - 1);
        return switch (draft.random.nextInt(11)) {
            case 0 -> fill("($ ? $ : $)", condition(scope), inner, array(scope, type, depth - 1));
            case 1 -> inner + ".clone()";
            case 2 -> fill("Arrays.copyOf($, $)", inner, draft.size());
            case 3 -> fill("Arrays.copyOfRange($, $, $)", inner, draft.number(3), draft.number(7));
            case 4 -> row(scope, type, p);
            case 5 -> call(scope, type, p);
            case 6 -> p.isFinal() || hasRows(type) ? p.name() : fill("($ = $)", p.name(), inner);
            case 7 -> fill("identity($)", inner);
            case 8, 9 -> shapes.array(scope, type, inner);
            default -> chained(scope, type, p, inner);
        };
    }

    private String row(Scope scope, String type, Place otherwise) {
        Place rows = hasRows(type) ? null : draft.place(scope, type + "[]");
        return rows == null ? otherwise.name() : rows.name() + "[" + index(scope) + "]";
    }

    private String chained(Scope scope, String type, Place p, String inner) {
        Place q = draft.place(scope, type);
        return p.isFinal() || q.isFinal() ? inner : fill("($ = $ = $)", p.name(), q.name(), inner);
    }

    private String call(Scope scope, String type, Place otherwise) {
        List<Helper> fit = new ArrayList<>();
        for (Helper h : draft.helpers) {
            if (h.returns().equals(type) && (scope.instance() || !h.instance())) {
                fit.add(h);
            }
        }
        return fit.isEmpty()
                ? otherwise.name()
                : invoke(scope, fit.get(draft.random.nextInt(fit.size())));
    }

    /** An array that some method gives, or this place. */
    String returned(Scope scope, Place p) {
        return draft.chance(40)
                ? call(scope, p.type(), p)
                : shapes.array(scope, p.type(), p.name());
    }

    /** A call of a helper. */
    String invoke(Scope scope, Helper h) {
        List<String> arguments = new ArrayList<>();
        for (String parameter : h.parameters()) {
            arguments.add(array(scope, parameter, 1));
        }
        return h.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** An index that is mostly within bounds. */
    String index(Scope scope) {
        if (draft.chance(80)) {
            return draft.number(3);
        }
        Place p = draft.anyPlace(scope);
        return draft.oneOf(
                "fuel & 7",
                "-1",
                "1 + (fuel & 1)",
                p.name() + ".length - 1",
                hasRows(p.type()) ? "2" : integer(kind(p.type()), p.name() + "[0]") + " & 3");
    }

    /** An element as an int. */
    static String integer(String kind, String element) {
        return kind.equals("boolean") ? "(" + element + " ? 1 : 0)" : "((int) " + element + ")";
    }

    /** An expression of a kind, that may read an element. */
    String value(Scope scope, String kind) {
        if (draft.chance(50)) {
            Place p = draft.place(scope, kind + "[]");
            if (p != null) {
                return p.name() + "[" + index(scope) + "]";
            }
        }
        return draft.value(kind);
    }

    /** A statement that changes an element. */
    String update(Scope scope, String array, String index, String kind) {
        String at = array + "[" + index + "]";
        String value = value(scope, kind);
        if (kind.equals("boolean")) {
            return draft.oneOf(
                    at + " = !" + at + ";",
                    at + " ^= " + value + ";",
                    at + " = " + value + ";",
                    at + " |= fuel > 100;",
                    "log(" + at + " &= " + value + ");");
        }
        boolean integral = !kind.equals("float") && !kind.equals("double");
        return draft.oneOf(
                at + "++;",
                at + " += " + value + ";",
                "--" + at + ";",
                at + " = " + value + ";",
                at + " = (" + kind + ") (" + at + " * 3);",
                at + " -= " + value + " / 3;",
                "log(" + at + "--);",
                "log(" + at + " *= 2);",
                "log(" + at + " = " + value + ");",
                integral ? at + " >>>= 1;" : at + " %= 5;",
                integral ? at + " ^= " + value + ";" : at + " /= 3;");
    }

    /** Something to log. */
    String observation(Scope scope) {
        Place p = draft.anyPlace(scope);
        String other = array(scope, p.type(), 1);
        String at = p.name() + "[" + index(scope) + "]";
        if (hasRows(p.type())) {
            return draft.oneOf(
                    p.name() + ".length",
                    p.name() + " == " + other,
                    at + " == null",
                    at + ".length",
                    "Arrays.toString(" + at + ")",
                    at + "[" + index(scope) + "]",
                    at + " == " + p.name() + "[0]");
        }
        String kind = kind(p.type());
        return draft.oneOf(
                "Arrays.toString(" + p.name() + ")",
                p.name() + " == " + other,
                p.name() + " != " + other,
                p.name() + " != null",
                draft.mixed(p.name()) + " == " + draft.mixed(other),
                draft.mixed(p.name()) + " != (Object) " + other,
                p.name() + ".length",
                at,
                "\"<\" + " + at + " + '/' + " + value(scope, kind) + " + \">\"",
                "(" + integer(kind, at) + " + " + p.name() + ".length) % 7",
                at + (kind.equals("boolean") ? " ? 'y' : 'n'" : " > " + draft.value(kind)),
                "Arrays.hashCode(" + p.name() + ")",
                "Arrays.equals(" + p.name() + ", " + other + ")");
    }

    /** A condition. */
    String condition(Scope scope) {
        Place p = draft.anyPlace(scope);
        String name = p.name();
        return draft.oneOf(
                "fuel % 3 == 0",
                "(fuel & 4) != 0",
                name + " == null",
                name + " != null && " + name + ".length > 2",
                name + " == " + array(scope, p.type(), 0),
                name + " != " + array(scope, p.type(), 1),
                hasRows(p.type())
                        ? name + "[0] == " + name + "[1]"
                        : integer(kind(p.type()), name + "[0]") + " > 1");
    }
}
