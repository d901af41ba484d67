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
    /**
     * One way, for arrays of one kind. In the texts K is the kind, A an array expression, V a
     * value, I an index.
     *
     * @param declaration the members of the program's class that it needs
     * @param arrays expressions of type K[]; those that start with {@code this.} need an instance
     * @param statements statements, likewise
     */
    private record Shape(String declaration, List<String> arrays, List<String> statements) {}

    private static final List<Shape> ALL =
            List.of(
                    new Shape(
                            """
                            interface SourceK { K[] get(); default int size() { return get().length; } }
                            static class OwnedK implements SourceK { private K[] held; OwnedK(K[] h) { held = h; }
                            public K[] get() { return held; } void set(K[] to) { held = to; } }
                            static class SharedK implements SourceK { static K[] all = new K[3];
                            static { all[1] = V; } public K[] get() { return all; }
                            public int size() { return all.length * 2; } }
                            SourceK sourceK = new SharedK();
                            """,
                            List.of(
                                    "new OwnedK(A).get()",
                                    "this.sourceK.get()",
                                    "SharedK.all",
                                    "new SharedK().get()"),
                            List.of(
                                    "log(this.sourceK.size());",
                                    "this.sourceK = new OwnedK(A);",
                                    "this.sourceK = new SharedK();",
                                    "SharedK.all = A;",
                                    "{ OwnedK o = new OwnedK(A); o.set(A); log(o.held == A); }")),
                    new Shape(
                            """
                            private K[] outerK = {V, V};
                            class InnerK { private K[] mine = new K[4];
                            K[] pick(boolean outer) { return outer ? outerK : mine; }
                            int touch(int i, K v) { outerK[i] = v; mine[i] = outerK[0]; return mine.length;
                            } }
                            InnerK innerK = new InnerK();
                            """,
                            List.of(
                                    "this.innerK.pick(fuel % 2 == 0)",
                                    "this.new InnerK().mine", "this.outerK"),
                            List.of(
                                    "log(this.innerK.touch(I, V));",
                                    "this.outerK = A;",
                                    "this.innerK.mine = A;")),
                    new Shape(
                            """
                            enum ModeK { ONE, TWO { @Override K[] table() { return TABLES[1]; } };
                            private static final K[][] TABLES = {{V, V, V}, {V}};
                            private final K[] own = {V, V};
                            K[] table() { return own; } }
                            """,
                            List.of("ModeK.ONE.table()", "ModeK.TWO.table()"),
                            List.of("log(ModeK.TWO.table()[0]);", "ModeK.ONE.table()[I] = V;")),
                    new Shape(
                            """
                            static int sumK(K... all) { int s = all.length; for (K e : all) s = s * 31 + INT; return s; }
                            static K[] firstK(K[]... all) { return all[0]; }
                            """,
                            List.of("firstK(A, A)", "firstK(A)"),
                            List.of("log(sumK(V, V));", "log(sumK(A));", "log(sumK());")),
                    new Shape(
                            """
                            static K[] growK(K[] a, int n) { if (--fuel < 0) return a;
                            return n <= 0 ? a : growK(Arrays.copyOf(a, a.length + 1), n - 1); }
                            static long putK(long x, K[] a, double d, int i, K v) { K old = a[i]; a[i] = v;
                            return x + (long) d + a.length + (old == v ? 1 : 0); }
                            """,
                            List.of("growK(A, 2)"),
                            List.of(
                                    "log(putK(1L << 33, A, 2.5, I, V));",
                                    "log(putK(fuel, A, fuel, I, V));")),
                    new Shape(
                            """
                            static class UpperK { protected K[] same = new K[2]; K[] seen() { return same; } }
                            static class LowerK extends UpperK { protected K[] same = {V, V, V};
                            @Override K[] seen() { return fuel % 2 == 0 ? super.same : same; }
                            K[] above() { return super.seen(); } void put(K v) { super.same[1] = v; same[2] = v; } }
                            static LowerK lowerK = new LowerK();
                            """,
                            List.of(
                                    "lowerK.seen()",
                                    "lowerK.above()",
                                    "lowerK.same",
                                    "((UpperK) lowerK).same"),
                            List.of(
                                    "lowerK.put(V);",
                                    "((UpperK) lowerK).same = A;",
                                    "log(lowerK.same == ((UpperK) lowerK).same);",
                                    "lowerK = new LowerK();")),
                    new Shape(
                            """
                            static K[] leakK = {V, V}; static Object leakedK() { return leakK; }
                            static int totalK(K[] a) { int s = 0; for (int i = 0; i < a.length; i++) { K e = a[i]; s += INT; }
                            return s; }
                            static class KeeperK implements java.util.function.BiPredicate<K[], K[]> { K[] last;
                            public boolean test(K[] a, K[] b) { last = a; return a == b || b == last; } }
                            static java.util.function.BiPredicate<K[], K[]> keeperK = new KeeperK();
                            """,
                            List.of(),
                            List.of(
                                    "log(keeperK.test(leakK, leakK));",
                                    "log(keeperK.test(leakK, null));",
                                    "log(totalK(A) - totalK(leakK));",
                                    "log(totalK(leakK.clone()));",
                                    "leakK[I] = V;")),
                    new Shape(
                            """
                            static class NodeK { final K[] at; NodeK next; NodeK(K[] a, NodeK n) { at = a; next = n; } }
                            static NodeK listK = new NodeK(new K[2], null);
                            """,
                            List.of("listK.at"),
                            List.of(
                                    "listK = new NodeK(A, fuel % 3 == 0 ? null : listK);",
                                    "for (NodeK n = listK; n != null && --fuel > 0; n = n.next)"
                                            + " log(n.at[I]);",
                                    "listK.next.at[I] = V;")),
                    new Shape(
                            """
                            synchronized K[] lockedK(K[] a) { outerLockK = a; return outerLockK; }
                            private volatile K[] outerLockK;
                            """,
                            List.of("this.lockedK(A)"),
                            List.of(
                                    "synchronized (this) { this.outerLockK = A;"
                                            + " log(this.outerLockK[I]); }")));

    private final Draft draft;
    private final List<List<Shape>> shapes = new ArrayList<>();
    private final List<String> kinds;

    RandomShapes(Draft draft) {
        this.draft = draft;
        kinds = List.copyOf(new LinkedHashSet<>(draft.kinds));
        for (int k = 0; k < kinds.size(); k++) {
            List<Shape> some = new ArrayList<>(ALL);
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
                draft.out.append(text(s.declaration, kind, "", "0"));
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
            shapes.get(kinds.indexOf(kind)).forEach(s -> choices.addAll(s.arrays));
        }
        String chosen = choose(scope, choices);
        return chosen == null ? inner : "(" + text(chosen, kind, inner, "0") + ")";
    }

    /** Writes a statement with one of the shapes. */
    void statement(Scope scope, RandomArrays arrays) {
        int k = draft.random.nextInt(kinds.size());
        List<String> choices = new ArrayList<>();
        for (Shape s : shapes.get(k)) {
            choices.addAll(s.statements);
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
