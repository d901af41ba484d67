package io.emucxl.agent.kit;

import static io.emucxl.agent.kit.Draft.hasRows;
import static io.emucxl.agent.kit.Draft.kind;

import io.emucxl.agent.kit.Draft.Helper;
import io.emucxl.agent.kit.Draft.Place;
import io.emucxl.agent.kit.Draft.Scope;
import java.util.List;

/** Writes random statements. */
final class RandomStatements {
    private final Draft draft;
    private final RandomArrays arrays;
    private final RandomShapes shapes;
    private final RandomCopies copies;

    RandomStatements(Draft draft, RandomArrays arrays, RandomShapes shapes) {
        this.draft = draft;
        this.arrays = arrays;
        this.shapes = shapes;
        copies = new RandomCopies(draft, arrays);
    }

    /** So many statements in a scope of their own, in which blocks nest so deep. */
    void block(Scope outer, int statements, int depth) {
        Scope scope = outer.inner();
        for (int i = 0; i < statements; i++) {
            statement(scope, depth);
        }
    }

    private void statement(Scope scope, int depth) {
        switch (draft.random.nextInt(depth > 0 ? 25 : 15)) {
            case 0, 1 -> local(scope);
            case 2, 3, 4 -> element(scope);
            case 5 -> {
                Place p = draft.variable(scope);
                draft.line("$ = $;", p.name(), arrays.array(scope, p.type(), 2));
            }
            case 6, 14 -> copies.statement(scope);
            case 7 -> draft.line("log($);", arrays.observation(scope));
            case 8, 9 -> call(scope);
            case 10 -> swap(scope);
            case 11, 12 -> shapes.statement(scope, arrays);
            case 13 -> leave(scope);
            case 15, 16 -> counted(scope, depth);
            case 17 -> each(scope, depth);
            case 18 -> whileLoop(scope, depth);
            case 19 -> {
                draft.line("if ($) {", arrays.condition(scope));
                block(scope, 2, depth - 1);
                draft.line("} else {");
                block(scope, 1, depth - 1);
                draft.line("}");
            }
            case 20, 21 -> guarded(scope, depth);
            case 22 -> switched(scope, depth);
            case 23 -> lambda(scope);
            default -> localClass(scope, depth);
        }
    }

    private void local(Scope scope) {
        String type = draft.type();
        String v = draft.fresh("v");
        boolean isFinal = draft.chance(20);
        draft.line("$ $ $ = $;", isFinal ? "final" : "", type, v, arrays.array(scope, type, 2));
        scope.locals().add(new Place(v, type, isFinal, false));
    }

    private void element(Scope scope) {
        Place p = draft.anyPlace(scope);
        String kind = kind(p.type());
        String at = p.name() + "[" + arrays.index(scope) + "]";
        if (hasRows(p.type()) && draft.chance(40)) {
            draft.line("$ = $;", at, arrays.array(scope, kind + "[]", 2));
        } else if (hasRows(p.type())) {
            draft.line(arrays.update(scope, at, arrays.index(scope), kind));
        } else if (draft.chance(20)) {
            String from = arrays.array(scope, p.type(), 1);
            draft.line("$ = $[$];", at, from, arrays.index(scope));
        } else if (draft.chance(15)) {
            String i = draft.fresh("n");
            draft.line("int $ = 0;", i);
            draft.line(arrays.update(scope, p.name(), i + "++", kind));
            draft.line("log($);", i);
        } else {
            draft.line(arrays.update(scope, p.name(), arrays.index(scope), kind));
        }
    }

    private void swap(Scope scope) {
        String kind = draft.kind();
        String a = arrays.array(scope, kind + "[]", 0);
        String b = arrays.array(scope, kind + "[]", 1);
        String i = arrays.index(scope);
        String t = draft.fresh("t");
        draft.line("{ $ $ = $[$]; $[$] = $[0];", kind, t, a, i, a, i, b);
        draft.line("$[0] = $; }", b, t);
    }

    private void call(Scope scope) {
        if (draft.chance(25)) {
            returned(scope);
            return;
        }
        if (scope.instance() && draft.chance(20)) {
            draft.line(
                    "log(base.tag($, $));", arrays.array(scope, "int[]", 1), arrays.index(scope));
            return;
        }
        Helper h = draft.helpers.get(draft.random.nextInt(draft.helpers.size()));
        if (scope.instance() || !h.instance()) {
            draft.line("$;", arrays.invoke(scope, h));
        }
    }

    /** Writes to an array that a method gives, and looks whose it is. */
    private void returned(Scope scope) {
        String type = draft.kind() + "[]";
        Place p = draft.place(scope, type);
        if (p == null) {
            return;
        }
        String r = draft.fresh("r");
        draft.line("{ $ $ = $;", type, r, arrays.returned(scope, p));
        draft.line(arrays.update(scope, r, arrays.index(scope), kind(type)));
        draft.line("log($ == $); log(Arrays.toString($));", r, p.name(), p.name());
        draft.line("log($ == $); }", arrays.returned(scope, p), r);
    }

    /** Leaves the method early, now and then. */
    private void leave(Scope scope) {
        if (scope.returns() == null || draft.chance(50)) {
            String seen = arrays.observation(scope);
            draft.line(
                    "if (fuel % 5 == $) throw new IllegalStateException(\"t\" + ($));",
                    draft.number(5), seen);
        } else if (scope.returns().equals("void")) {
            draft.line("if (fuel % 7 == $) return;", draft.number(7));
        } else {
            draft.line(
                    "if (fuel % 5 == $) return $;",
                    draft.number(5), arrays.array(scope, scope.returns(), 1));
        }
    }

    private void counted(Scope scope, int depth) {
        String i = draft.fresh("i");
        Place p = draft.anyPlace(scope);
        String bound = draft.chance(60) ? p.name() + ".length" : draft.number(5);
        boolean down = draft.chance(25);
        draft.line(
                down
                        ? "for (int $ = $ - 1; $ >= 0 && --fuel > 0; $--) {"
                        : "for (int $ = 0, $e = $; $ < $e && --fuel > 0; $++) {",
                down ? new Object[] {i, bound, i, i} : new Object[] {i, i, bound, i, i, i});
        String kind = kind(p.type());
        if (hasRows(p.type())) {
            String j = draft.fresh("j");
            draft.line("for (int $ = 0; $ < $[$].length; $++) {", j, j, p.name(), i, j);
            draft.line(arrays.update(scope, p.name() + "[" + i + "]", j, kind) + " }");
        } else {
            draft.line(arrays.update(scope, p.name(), i, kind));
        }
        block(scope, 2, depth - 1);
        draft.line("}");
    }

    private void each(Scope scope, int depth) {
        Place p = draft.anyPlace(scope);
        String e = draft.fresh("e");
        String type = p.type().substring(0, p.type().length() - 2);
        draft.line(
                "for ($ $ : $) { if (--fuel < 0) break;",
                type,
                e,
                arrays.array(scope, p.type(), 1));
        Scope inner = scope.inner();
        if (hasRows(p.type())) {
            inner.locals().add(Place.local(e, type));
        } else {
            draft.line("log($);", e);
        }
        block(inner, 1, depth - 1);
        draft.line("}");
    }

    private void whileLoop(Scope scope, int depth) {
        String label = draft.fresh("loop");
        boolean atEnd = draft.chance(40);
        String condition = "--fuel > 0 && (" + arrays.condition(scope) + ")";
        draft.line("$: $", label, atEnd ? "do {" : "while (" + condition + ") {");
        block(scope, 1, depth - 1);
        draft.line("if ($) $ $;", arrays.condition(scope), draft.oneOf("break", "continue"), label);
        block(scope, 1, depth - 1);
        draft.line(atEnd ? "} while ($);" : "} log($);", atEnd ? condition : "fuel");
    }

    private void guarded(Scope scope, int depth) {
        draft.line("try {");
        block(scope, 2, depth - 1);
        String e = draft.fresh("e");
        String type =
                draft.oneOf(
                        "RuntimeException",
                        "NullPointerException | IndexOutOfBoundsException",
                        "IllegalStateException",
                        "ArrayIndexOutOfBoundsException");
        boolean ends = draft.chance(40);
        boolean catches = !ends || draft.chance(60);
        if (catches) {
            draft.line("} catch ($ $) { note($);", type, e, e);
            block(scope, 1, depth - 1);
        }
        if (ends) {
            draft.line("} finally {");
            block(scope, 1, depth - 1);
        }
        draft.line("}");
    }

    private void switched(Scope scope, int depth) {
        Place p = draft.anyPlace(scope);
        String of =
                hasRows(p.type()) || draft.chance(40)
                        ? "fuel"
                        : RandomArrays.integer(kind(p.type()), p.name() + "[0]");
        draft.line("switch ($ & 3) { case 0: {", of);
        block(scope, 1, depth - 1);
        draft.line("} break; case 1: {");
        block(scope, 1, depth - 1);
        draft.line("} default: log(fuel); }");
    }

    private void lambda(Scope scope) {
        String v = draft.fresh("c");
        String kind = draft.kind();
        draft.line("{ final $[] $ = $;", kind, v, arrays.array(scope, kind + "[]", 1));
        Scope inside = scope.captured(List.of(Place.constant(v, kind + "[]")));
        draft.line("java.util.function.IntUnaryOperator $f = $x -> {", v, v);
        draft.line(arrays.update(inside, v, v + "x", kind));
        draft.line("return $.length + $x; };", v, v);
        draft.line("Runnable $r = () -> log($);", v, arrays.observation(inside));
        draft.line(
                "try { log($f.applyAsInt($)); $r.run(); } catch (RuntimeException e) { note(e); }"
                        + " }",
                v,
                arrays.index(scope),
                v);
    }

    private void localClass(Scope scope, int depth) {
        String v = draft.fresh("c");
        String type = draft.type();
        draft.line("{ final $ $ = $;", type, v, arrays.array(scope, type, 1));
        Scope inside = scope.captured(List.of(Place.constant(v, type)));
        String mine = draft.fresh("m");
        draft.line("Step $s = new Step() { $ $ = $;", v, type, mine, v);
        draft.line("public int step(int $x) { if (--fuel < 0) return 0;", v);
        inside.locals().add(Place.local(mine, type));
        block(inside, 2, depth - 1);
        draft.line("return $x + $.length; } };", v, mine);
        draft.line("try { log($s.step(1)); } catch (RuntimeException e) { note(e); } }", v);
    }
}
