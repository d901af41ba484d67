package io.emucxl.agent.kit;

import java.util.List;

/**
 * Ways through methods of which callers with handles need another version than callers with arrays
 * of the heap.
 */
final class Versions {
    /** Where what takes the arrays can be placed. */
    static final List<Shape> WAYS =
            List.of(
                    new Shape(
                            """
                            public static class HolderK { private K[] at; public HolderK(K[] a) { at = a; }
                            public void set(K[] a) { at = a; } boolean holds(K[] a) { return at == a; } }
                            static Object outsideK = new K[] {V, V, V}; static HolderK holderK = new HolderK((K[]) outsideK);
                            public static K[] eitherK(K[] a, K[] b, boolean first) { return first ? a : b; }
                            """,
                            List.of(
                                    "holderK.at",
                                    "new HolderK(A).at",
                                    "eitherK(A, A, fuel % 2 == 0)",
                                    "eitherK(holderK.at, (K[]) outsideK, fuel % 3 != 0)"),
                            List.of(
                                    "holderK = new HolderK((K[]) outsideK);"
                                            + " log(holderK.at == outsideK);",
                                    "holderK.set(A); log(holderK.holds(A));",
                                    "((K[]) outsideK)[I] = V; log(holderK.at[I]);",
                                    "holderK.set((K[]) outsideK); holderK.at[I] = V;"
                                            + " log(((K[]) outsideK)[I]);",
                                    "log(eitherK(holderK.at, (K[]) outsideK, true)"
                                            + " == holderK.at);")),
                    new Shape(
                            """
                            public interface NumbersK { K[] toK(); void setK(K[] to);
                            default void turnK() { K[] all = toK(); reverseK(all); setK(all); } }
                            public static void reverseK(K[] all) { for (int i = 0, j = all.length - 1; i < j; i++, j--) {
                            K t = all[i]; all[i] = all[j]; all[j] = t; } }
                            static class KeptK implements NumbersK { private K[] kept;
                            KeptK(NumbersK from) { kept = from == null ? new K[4] : from.toK(); }
                            public K[] toK() { return Arrays.copyOf(kept, kept.length); }
                            public void setK(K[] to) { System.arraycopy(to, 0, kept, 0, to.length); }
                            void copyTo(NumbersK other) { other.setK(kept); } }
                            static KeptK keptK = new KeptK(null);
                            """,
                            List.of("keptK.kept", "new KeptK(keptK).kept"),
                            List.of(
                                    "keptK.kept[0] = V; keptK.turnK(); log(keptK.kept[I]);",
                                    "keptK.setK(A); log(keptK.toK() == keptK.kept);",
                                    "new KeptK(keptK).copyTo(keptK);",
                                    "keptK = new KeptK(keptK); keptK.turnK();",
                                    "keptK.kept = A;")),
                    new Shape(
                            """
                            private static java.util.function.IntUnaryOperator readerK(K[] a) {
                            return i -> { K e = a[i]; a[i] = V; return INT + a.length; }; }
                            private static java.util.function.IntUnaryOperator keptReaderK = readerK(new K[2]);
                            """,
                            List.of(),
                            List.of(
                                    "log(keptReaderK.applyAsInt(I));",
                                    "keptReaderK = readerK(A);",
                                    "log(readerK(A).applyAsInt(I));")));

    /** Where anybody may get them. */
    static final List<Shape> RETURNING =
            List.of(
                    new Shape(
                            """
                            static K[] roomK(K[] a, int n) { return a.length >= n ? a : Arrays.copyOf(a, n * 2); }
                            static class TightK { private K[] cells = {V}; void put(int i, K v) { cells = roomK(cells, i + 1);
                            cells[i] = v; } }
                            public static class LooseK { private K[] cells = {V}; public K[] put(int i, K v) {
                            cells = roomK(cells, i + 1); cells[i] = v; return cells; } }
                            static TightK tightK = new TightK(); static LooseK looseK = new LooseK();
                            """,
                            List.of("looseK.put(0, V)", "tightK.cells", "roomK(A, 3)"),
                            List.of(
                                    "tightK.put(I, V); log(tightK.cells.length);",
                                    "looseK.put(I, V)[0] = V; log(looseK.cells[0]);",
                                    "log(looseK.put(I, V) == looseK.cells);",
                                    "tightK.cells = A; looseK = new LooseK();")),
                    new Shape(
                            """
                            public static class GiverK implements java.util.function.Supplier<K[]> { private K[] own = {V, V};
                            public K[] get() { return own; } }
                            static GiverK giverK = new GiverK(); static java.util.function.Supplier<K[]> anyK = giverK;
                            """,
                            List.of("giverK.get()", "anyK.get()"),
                            List.of(
                                    "anyK.get()[I] = V; log(giverK.own[I]);",
                                    "log(anyK.get() == giverK.own);",
                                    "giverK.own[I] = V; log(anyK.get()[I]);",
                                    "giverK.own = A; log(giverK.get() == A);")),
                    new Shape(
                            """
                            public static class LentK implements java.util.function.Supplier<K[]> { private K[] $ = {V, V};
                            public K[] get() { return $; } void put(int i, K v) { $[i] = v; } void fit(int n) { $ = new K[n]; } }
                            static LentK lentK = new LentK(); static java.util.function.Supplier<K[]> lenderK = lentK::get;
                            """
                                    .replace("$", RandomProgram.LENT),
                            List.of(),
                            List.of(
                                    "log(lenderK.get()[I]); lentK.put(I, V);",
                                    "log(Arrays.toString(lenderK.get()));",
                                    "lentK.put(I, V); log(lenderK.get()[I]);",
                                    "lentK.fit(4); log(lentK.get().length);",
                                    "for (K e : lenderK.get()) log(e);")));

    private Versions() {}
}
