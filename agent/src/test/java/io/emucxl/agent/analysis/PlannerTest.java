package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.ClassFilesWorld;
import io.emucxl.agent.kit.Compiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    @TempDir Path work;

    private ClassFilesWorld world(String... sources) {
        Map<String, String> all = new java.util.TreeMap<>();
        for (String s : sources) {
            String name = s.replaceAll("(?s).*?(?:class|interface|record) (\\w+).*", "$1");
            all.put(name, s);
        }
        return ClassFilesWorld.of(Compiler.compile(work, all, List.of("--release", "17", "-g")));
    }

    private static Target target(String owner, String name, String descriptor) {
        return new Target(new FieldId(owner, name, descriptor), 7, "test");
    }

    private static Refusal refusal(World world, Target... targets) {
        Plan plan = Planner.plan(world, List.of(targets));
        assertTrue(plan.placed().isEmpty(), () -> "placed " + plan.placed());
        return plan.refused().get(0);
    }

    /** The use stands on the second line of the class. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public int[] f() { return a; }|it is returned to callers that cannot all be"
                        + " rewritten",
                "Object f() { return a; }|it is returned to callers that cannot all be rewritten",
                "Object o; void f() { o = a; }|it is stored in the field C.o of type"
                        + " java.lang.Object",
                "void f(Object[] o) { o[0] = a; }|it is stored in an array of objects",
                "void f() { synchronized (a) { } }|it is used as a lock",
                "boolean f(Object o) { Object x = a; return x instanceof int[]; }|its class is"
                        + " asked for (instanceof)",
                "int f() { return a.hashCode(); }|its method hashCode is called",
                "Class<?> f() { return a.getClass(); }|its method getClass is called",
                "void f() { System.out.println(a); }|it is passed to java.io.PrintStream.println as"
                        + " java.lang.Object",
                "native void n(int[] x); void f() { n(a); }|it is passed to C.n, which is native",
                "Cloneable f() { return (Cloneable) a; }|it is returned to callers that cannot all"
                        + " be rewritten",
            })
    void refusesWhereTheArrayNeedsToBeOnTheHeap(String member, String reason) {
        Refusal r =
                refusal(
                        world("class C { private int[] a = new int[9];\n" + member + "}"),
                        target("C", "a", "[I"));
        assertEquals("C.f:2", r.at());
        if (!member.contains("println")) {
            assertEquals(reason, r.reason());
        } else {
            assertTrue(
                    r.reason().startsWith("it is passed to java.io.PrintStream.println"),
                    r.reason());
        }
    }

    private static Target copied(String owner, String name, String descriptor) {
        return new Target(new FieldId(owner, name, descriptor), 9, "test", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public int[] f() { return a; }",
                "public Object f() { return a; }",
                "int[] b; public int[] f() { b = a; return b; }",
                "int[] f(boolean x, int[] c) { return x ? a : c; }",
            })
    void whatIsReturnedCanBeACopy(String member) {
        Plan plan =
                Planner.plan(
                        world("public class C { private int[] a = new int[9];\n" + member + "}"),
                        List.of(copied("C", "a", "[I")));
        assertEquals(List.of(), plan.refused());
        assertEquals(Map.of(new FieldId("C", "a", "[I"), "C.f:2"), plan.copied());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Object o; void f() { o = a; }",
                "void f(Object[] o) { o[0] = a; }",
                "void f() { synchronized (a) { } }",
                "boolean f(Object o) { Object x = a; return x instanceof int[]; }",
                "int f() { return a.hashCode(); }",
                "void f() { System.out.println(a); }",
                "static int[] g(Object o) { return (int[]) o; } public int[] f() { return g(a); }",
            })
    void nothingButWhatIsReturnedIsCopied(String member) {
        refusal(
                world("public class C { private int[] a = new int[9];\n" + member + "}"),
                copied("C", "a", "[I"));
    }

    @Test
    void nobodyElsesArraysAreCopied() {
        Plan plan =
                Planner.plan(
                        world(
                                "public class C { private int[] a = new int[9]; private int[] b ="
                                        + " new int[3]; void g() { a = b; } public int[] f() { return"
                                        + " a; } }"),
                        List.of(copied("C", "a", "[I"), target("C", "b", "[I")));
        assertEquals(Map.of(new FieldId("C", "a", "[I"), 9), plan.placed());
        assertEquals("C.f:1", plan.refused().get(0).at());
        Plan other =
                Planner.plan(
                        world(
                                "public class C { private int[] a = new int[9]; private int[] b ="
                                        + " new int[3]; void g() { b = a; } public int[] f() { return"
                                        + " b; } }"),
                        List.of(copied("C", "a", "[I"), target("C", "b", "[I")));
        assertEquals(2, other.refused().size());
    }

    @Test
    void rowsAreCopiedButNotArraysOfThem() {
        ClassFilesWorld w =
                world(
                        "public class C { private long[][] a = new long[2][2];"
                                + " private long[][] b = new long[2][2];"
                                + " public long[] f() { return a[0]; }"
                                + " public long[][] g() { return b; } }");
        Plan plan = Planner.plan(w, List.of(copied("C", "a", "[[J"), copied("C", "b", "[[J")));
        assertEquals(1, plan.placed().size());
        assertEquals("a", plan.copied().keySet().iterator().next().name());
        assertEquals("C.g:1", plan.refused().get(0).at());
    }

    @Test
    void refusesAlongTheWayThatTheArrayTakes() {
        Refusal r =
                refusal(
                        world(
                                """
                                class C { private int[] a = new int[9];
                                void f() { int[] x = a; g(x); }
                                private static void g(int[] y) { h(y, 1); }
                                private static Object h(int[] z, int i) {
                                 return z; } }\
                                """),
                        target("C", "a", "[I"));
        assertEquals("C.h:5", r.at());
    }

    @Test
    void arraysOfOthersMayEscape() {
        Plan plan =
                Planner.plan(
                        world(
                                "class C { private int[] a = new int[9]; private int[] b = new"
                                        + " int[3]; public int[] b() { return b; } void f() { a[0] ="
                                        + " b[1]; } }"),
                        List.of(target("C", "a", "[I"), target("C", "b", "[I")));
        assertEquals(Map.of(new FieldId("C", "a", "[I"), 7), plan.placed());
        assertEquals(1, plan.refused().size());
    }

    @Test
    void whatReflectionFindsKeepsItsType() {
        assertTrue(
                refusal(
                                world(
                                        "class C { int[] a; Object f() throws Exception {"
                                                + " return C.class.getDeclaredField(\"a\"); } }"),
                                target("C", "a", "[I"))
                        .reason()
                        .contains("looked up"));
        assertTrue(
                refusal(world("record C(int[] a) { }"), target("C", "a", "[I"))
                        .reason()
                        .contains("record"));
    }

    @Test
    void fieldsOfASerializedFormArePlacedWhereTheJvmCanBeTold() {
        World told =
                world("class C implements java.io.Serializable { int[] a = new int[2]; int[] b; }");
        Plan plan = Planner.plan(told, List.of(target("C", "a", "[I")));
        assertTrue(plan.refused().isEmpty(), plan.refused()::toString);
        World untold =
                new World() {
                    @Override
                    public byte[] classFile(String internalName) {
                        return told.classFile(internalName);
                    }

                    @Override
                    public Collection<String> mentioning(String name, String descriptor) {
                        return told.mentioning(name, descriptor);
                    }

                    @Override
                    public String fixed(String internalName) {
                        return told.fixed(internalName);
                    }

                    @Override
                    public String serialTrouble() {
                        return "no handles in streams";
                    }
                };
        assertEquals("no handles in streams", refusal(untold, target("C", "a", "[I")).reason());
    }

    @Test
    void aVersionThatIsNoConstantBarsTheClass() {
        Refusal r =
                refusal(
                        world(
                                "class C implements java.io.Serializable {"
                                        + " long serialVersionUID = 3; transient int[] a = {1}; }"),
                        target("C", "a", "[I"));
        assertTrue(r.reason().contains("serialVersionUID is not a static"), r.reason());
    }

    @Test
    void aMethodThatWouldOutgrowAClassFileKeepsItsArray() {
        String values = "7,".repeat(8_000);
        Refusal r =
                refusal(
                        world("class C { private static int[] a = {" + values + "}; }"),
                        target("C", "a", "[I"));
        assertEquals("the method that uses it would outgrow 64 KiB", r.reason());
    }

    @Test
    void oddTargetsAreRefused() {
        ClassFilesWorld w = world("class C { String s; int[] a; }");
        assertEquals("its class is not to be found", refusal(w, target("D", "a", "[I")).reason());
        assertEquals("its class does not declare it", refusal(w, target("C", "b", "[I")).reason());
        assertEquals(
                "it is not an array of primitives",
                refusal(w, target("C", "s", "Ljava/lang/String;")).reason());
        assertTrue(refusal(w.fix("C"), target("C", "a", "[I")).reason().contains("it is fixed"));
    }

    @Test
    void aFieldThatOnlyGetsForeignArraysIsReportedAsSuch() {
        Plan plan =
                Planner.plan(
                        world(
                                "public class C { private int[] a; public C(int[] x) { a = x; }"
                                        + " int f() { return a[0]; } }"),
                        List.of(target("C", "a", "[I")));
        assertEquals(1, plan.wrappedOnly().size());
        assertEquals(1, plan.placed().size());
    }

    @Test
    void theConstantPoolTellsWhichClassesMatter() {
        Plan plan =
                Planner.plan(
                        world(
                                "class C { private int[] table = new int[2]; }",
                                "class D { int x; }"),
                        List.of(target("C", "table", "[I")));
        assertEquals(java.util.Set.of("C"), plan.classes());
    }

    @Test
    void plansThatDisagreeOnAMethodAreNotMerged() {
        ClassFilesWorld w =
                world(
                        "class C { private int[] a = new int[1]; private int[] b = new int[1]; void"
                                + " f() { g(a, null); } void h() { g(null, b); } private static int"
                                + " g(int[] x, int[] y) { return x == null ? y[0] : x[0]; } }");
        Plan first = Planner.plan(w, List.of(target("C", "a", "[I")));
        Plan second = Planner.plan(w, List.of(target("C", "b", "[I")));
        Plan both = first.and(second);
        assertEquals(first.placed(), both.placed());
        assertEquals(1, both.refused().size());
    }

    @Test
    void classesThatAreNotConcernedStayAsTheyAre() throws RewriteException {
        ClassFilesWorld w =
                world(
                        "class C { int[] a = new int[2]; }",
                        "class D { int[] a; int f() { return a[0]; } }");
        Plan plan = Planner.plan(w, List.of(target("C", "a", "[I")));
        assertNull(new Rewriter(w, plan, Map.of()).rewrite(w.classFile("D")));
    }

    @Test
    void aClassThatThePlanDidNotKnowThrowsInsteadOfLeaking() throws Exception {
        String c = "public class C { public int[] a = new int[2]; }";
        String late =
                "public class L { public static Object leak(C c) {\n return c.a; }"
                        + " public static int fine(C c) { return c.a[1]; } }";
        ClassFilesWorld full = world(c, late);
        Plan plan = Planner.plan(world(c), List.of(target("C", "a", "[I")));
        int number = plan.placed().values().iterator().next();
        Target placed = new Target(new FieldId("C", "a", "[I"), number, "p.yaml:3:5");
        Map<Integer, Target> origins = Map.of(number, placed);
        Rewritten r = new Rewriter(full, plan, origins).rewrite(full.classFile("L"));
        assertEquals(1, r.conflicts().size());
        assertEquals("L.leak:2", r.conflicts().get(0).at());
        Map<String, byte[]> files = new java.util.HashMap<>();
        files.put("L", r.classFile());
        files.put("C", new Rewriter(full, plan, Map.of()).rewrite(full.classFile("C")).classFile());
        List<String> messages = new ArrayList<>();
        Class<?> l =
                new ClassLoader(getClass().getClassLoader()) {
                    @Override
                    protected Class<?> findClass(String name) {
                        byte[] b = files.get(name);
                        return defineClass(name, b, 0, b.length);
                    }
                }.loadClass("L");
        for (java.lang.reflect.Method m : l.getDeclaredMethods()) {
            if (m.getName().equals("leak")) {
                try {
                    m.invoke(null, (Object) null);
                } catch (java.lang.reflect.InvocationTargetException e) {
                    assertTrue(e.getCause() instanceof IncompatibleClassChangeError);
                    messages.add(e.getCause().getMessage());
                }
            }
        }
        assertEquals(1, messages.size());
        assertTrue(
                messages.get(0).contains("C.a (p.yaml:3:5)")
                        && messages.get(0).contains("L.leak:2"));
    }
}
