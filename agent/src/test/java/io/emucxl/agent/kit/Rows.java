package io.emucxl.agent.kit;

import java.util.List;

/** Ways through arrays of arrays, and past constants that stand for nothing yet. */
final class Rows {
    /** Where all code is known. */
    static final List<Shape> WAYS =
            List.of(
                    new Shape(
                            """
                            static class GridK { private final K[][] rows; private final K[] firsts;
                            GridK(K[][] r) { rows = r; firsts = new K[r.length];
                            for (int i = 0; i < r.length; i++) if (r[i] != null && r[i].length > 0) firsts[i] = r[i][0]; }
                            K[][] rows() { return rows; } K[] row(int i) { return rows[i]; } K[] firsts() { return firsts; } }
                            static GridK gridK(K[] a) { return new GridK(new K[][] {a, {V, V}, new K[3]}); }
                            static GridK keptGridK = gridK(new K[2]);
                            """,
                            List.of("gridK(A).row(0)", "keptGridK.rows()[1]", "gridK(A).firsts()"),
                            List.of(
                                    "keptGridK.rows()[0] = A;",
                                    "keptGridK.row(2)[I] = V; log(keptGridK.rows[2][I]);",
                                    "log(keptGridK.rows() == keptGridK.rows);"
                                            + " log(gridK(A).row(0) == keptGridK.row(0));",
                                    "keptGridK = gridK(A);",
                                    "log(keptGridK.firsts()[I]);")),
                    new Shape(
                            """
                            private static final K[][] noRowsK = {}; private static final K[] noneK = {};
                            private static K[][] roomsK(int n) { if (n == 0) return noRowsK; K[][] made = new K[n][];
                            for (int i = 0; i < n; i++) made[i] = new K[i + 1]; return made; }
                            static class LazyK { private K[][] rows = noRowsK; private K[] flat = noneK;
                            K[] flat() { if (flat == noneK) flat = new K[3]; return flat; }
                            boolean none() { return rows == noRowsK; } boolean has(K[][] given) { return rows == given; } }
                            static LazyK lazyK = new LazyK();
                            """,
                            List.of("lazyK.flat()", "lazyK.rows[0]"),
                            List.of(
                                    "lazyK.rows = roomsK(I); log(lazyK.none());",
                                    "log(lazyK.has(noRowsK)); log(lazyK.has(lazyK.rows.clone()));",
                                    "lazyK.flat()[I] = V; log(lazyK.flat == noneK);",
                                    "log(lazyK.rows.length); lazyK = new LazyK();",
                                    "lazyK.rows[1][I] = V; log(lazyK.rows[1][I]);",
                                    "lazyK.flat = A; log(lazyK.flat == noneK);")));

    /** Where anybody may get them. */
    static final List<Shape> RETURNING =
            List.of(
                    new Shape(
                            """
                            private static K[][] platesK = {{V, V}, {V}}; private static K[][] printedK = printK();
                            private static K[][] printK() { K[][] c = new K[platesK.length][];
                            for (int i = 0; i < c.length; i++) c[i] = platesK[i].clone(); return c; }
                            public static K[][] givenK() { return printK(); }
                            """,
                            List.of("givenK()[1]", "printedK[0]", "platesK[1]"),
                            List.of(
                                    "givenK()[0][I] = V; log(platesK[0][I]);",
                                    "printedK[1] = A; log(printedK[1] == platesK[1]);",
                                    "log(givenK() == printedK); log(givenK().length);",
                                    "printedK = printK(); log(printedK[0] == platesK[0]);",
                                    "platesK[0] = A;")),
                    new Shape(
                            """
                            public static final K[][] emptyK = {};
                            public static K[][] tiersK(int n) { if (n == 0) return emptyK; K[][] made = new K[n][];
                            for (int i = 0; i < n; i++) made[i] = new K[2]; return made; }
                            static class TableK { private K[][] rows = emptyK; boolean same(TableK that) { return rows == that.rows; }
                            K[][] fit(int n) { if (rows == emptyK) rows = tiersK(n); return rows; } }
                            static TableK tableK = new TableK();
                            """,
                            List.of("tableK.fit(2)[1]"),
                            List.of(
                                    "log(tableK.fit(I) == emptyK); log(tiersK(0) == tableK.rows);",
                                    "log(tableK.same(new TableK())); tableK = new TableK();",
                                    "tableK.fit(3)[I] = A; log(tableK.rows[I][0]);",
                                    "log(emptyK.length); log(tableK.rows.length);")));

    private Rows() {}
}
