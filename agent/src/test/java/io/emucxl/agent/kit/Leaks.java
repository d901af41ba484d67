package io.emucxl.agent.kit;

import java.util.List;

/** Ways on which arrays get where they must be arrays of the heap: what takes them is refused. */
final class Leaks {
    static final List<Shape> ALL =
            List.of(
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
                                    "log(leakedK() == (Object) leakK);",
                                    "((K[]) leakedK())[I] = V; log(leakK[I]);",
                                    "leakK[I] = V;")),
                    new Shape(
                            """
                            private static K[] shownK = {V, V};
                            static Object asObjectK(K[] a) { shownK = a; return shownK; }
                            """,
                            List.of("(K[]) asObjectK(A)"),
                            List.of(
                                    "log(asObjectK(A) instanceof K[]);",
                                    "((K[]) asObjectK(A))[I] = V;",
                                    "log(asObjectK(shownK).getClass().getName());",
                                    "log(asObjectK(A) == (Object) shownK);",
                                    "((K[]) asObjectK(shownK))[I] = V; log(shownK[I]);",
                                    "log(((K[]) asObjectK(A))[I]);")),
                    new Shape(
                            """
                            static Object slotK; static Object[] slotsK = new Object[2]; static K[] laidK = {V};
                            static java.util.List<K[]> listedK = new java.util.ArrayList<>();
                            """,
                            List.of("laidK"),
                            List.of(
                                    "slotK = laidK; log(slotK == (Object) laidK);",
                                    "log(slotK != null && slotK.getClass().isArray());",
                                    "slotsK[0] = laidK; ((K[]) slotsK[0])[I] = V; log(laidK[0]);",
                                    "listedK.add(laidK); log(listedK.indexOf(laidK));"
                                            + " log(listedK.get(0)[I]);",
                                    "laidK = A; listedK.clear();")),
                    new Shape(
                            "static K[] lockK = {V};\n",
                            List.of("lockK"),
                            List.of(
                                    "synchronized (lockK) { log(Thread.holdsLock(lockK)); }",
                                    "{ Object o = lockK; log(o instanceof K[]); }",
                                    "{ Object o = (java.io.Serializable) lockK; log(o == lockK); }",
                                    "{ Cloneable o = lockK; log(o instanceof K[]); }",
                                    "log(lockK.equals(lockK)); log(lockK.getClass() == K[].class);",
                                    "lockK = A;")),
                    new Shape(
                            """
                            static class FinderK { K[] hidden = {V, V};
                            Object look() { try { return FinderK.class.getDeclaredField("hidden").get(this); }
                            catch (ReflectiveOperationException e) { throw new IllegalStateException(e); } } }
                            static FinderK finderK = new FinderK();
                            """,
                            List.of("finderK.hidden", "(K[]) finderK.look()"),
                            List.of(
                                    "log(finderK.look() == (Object) finderK.hidden);",
                                    "log(finderK.look() instanceof K[]);",
                                    "((K[]) finderK.look())[I] = V;",
                                    "finderK.hidden = A;")),
                    new Shape(
                            """
                            interface UseK { int use(K[] a); } interface MakeK { K[] make(int n); }
                            static class MeterK { K[] last; int of(K[] a) { last = a; return a == null ? -1 : a.length; }
                            static K[] same(K[] a) { return a; } }
                            static int viaK(UseK u, K[] a) { return u.use(a); }
                            static MeterK meterK = new MeterK(); static K[] measuredK = {V};
                            """,
                            List.of(
                                    "((MakeK) K[]::new).make(3)",
                                    "((java.util.function.UnaryOperator<K[]>)"
                                            + " MeterK::same).apply(A)",
                                    "measuredK"),
                            List.of(
                                    "log(viaK(meterK::of, A)); log(meterK.last == measuredK);",
                                    "log(viaK(x -> x == null ? 0 : x.length, measuredK));",
                                    "log(meterK.of(measuredK)); meterK.last[I] = V;",
                                    "measuredK = A;")));

    private Leaks() {}
}
