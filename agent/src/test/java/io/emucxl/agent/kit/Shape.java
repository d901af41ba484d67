package io.emucxl.agent.kit;

import java.util.List;

/**
 * One way in which a random program passes arrays of one kind through other classes and methods. In
 * the texts K is the kind, A an array expression, V a value, I an index, and INT the element {@code
 * e} as an int; a K at the end of a name makes the name the kind's own.
 *
 * @param declaration the members of the program's class that it needs
 * @param arrays expressions of type K[]; those that start with {@code this.} need an instance
 * @param statements statements, likewise
 */
record Shape(String declaration, List<String> arrays, List<String> statements) {
    /** Ways on which arrays can be followed: what takes them can be placed. */
    static final List<Shape> WAYS =
            List.of(
                    new Shape(
                            """
                            static class CellK { private K[] in; CellK next; CellK(K[] a) { in = a; } }
                            static CellK cellK(K[] a) { return a == null || a.length > 2 ? null : new CellK(a); }
                            """,
                            List.of("cellK(A).in"),
                            List.of(
                                    "log(cellK(A).next == null);",
                                    "cellK(A).next = new CellK(A);",
                                    "log(cellK(A).equals(null)); log(cellK(A).next.in.length);",
                                    "synchronized (cellK(A)) { log(fuel); }")),
                    new Shape(
                            """
                            static int both(K[] a) { K e = a[0]; return a.length * 100 + INT; }
                            static K[] alikeK(K[] a, K v) { if (a.length > 0) a[0] = v; return a; }
                            private static K[] spareK = {V};
                            """,
                            List.of("alikeK(A, V)", "spareK"),
                            List.of(
                                    "log(both(A));",
                                    "spareK = alikeK(A, V);",
                                    "log(both(spareK));")),
                    new Shape(
                            """
                            private K[] outerK = {V, V};
                            class InnerK { private K[] mine = new K[4];
                            private K[] pick(boolean outer) { return outer ? outerK : mine; }
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
                            private synchronized K[] lockedK(K[] a) { outerLockK = a; return outerLockK; }
                            private volatile K[] outerLockK;
                            """,
                            List.of("this.lockedK(A)"),
                            List.of(
                                    "synchronized (this) { this.outerLockK = A;"
                                            + " log(this.outerLockK[I]); }")));

    /** Ways on which methods that may be called from anywhere give arrays back. */
    static final List<Shape> RETURNING =
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
                            enum ModeK { ONE, TWO { @Override K[] table() { return TABLES[1]; } };
                            private static final K[][] TABLES = {{V, V, V}, {V}};
                            private final K[] own = {V, V};
                            K[] table() { return own; } }
                            """,
                            List.of("ModeK.ONE.table()", "ModeK.TWO.table()"),
                            List.of("log(ModeK.TWO.table()[0]);", "ModeK.ONE.table()[I] = V;")),
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
                                    "lowerK = new LowerK();")));
}
