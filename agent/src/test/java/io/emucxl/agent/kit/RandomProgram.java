package io.emucxl.agent.kit;

import static io.emucxl.agent.kit.Draft.hasRows;

import io.emucxl.agent.kit.Draft.Helper;
import io.emucxl.agent.kit.Draft.Place;
import io.emucxl.agent.kit.Draft.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * A random program over arrays, valid and terminating: fields, locals, branches, loops, helpers,
 * exceptions, lambdas, nested classes and inheritance. The same seed gives the same program.
 */
public final class RandomProgram {
    /** The package of all random programs. */
    public static final String PACKAGE = "fuzz";

    /** The name of all fields of which callers may get copies, because all of them only read. */
    public static final String LENT = "lent";

    /** Takes off what tells overloads apart that differ in the kind of an array only. */
    private static final String OVERLOADS =
            ".replaceAll(\"\\\\$[ZBCSIJFD]*(\\\\$[ZBCSIJFD]+)?$\", \"\")";

    private final String name;
    private final Draft draft;
    private final RandomShapes shapes;
    private final RandomArrays arrays;
    private final RandomStatements statements;

    private RandomProgram(String name, long seed) {
        this.name = name;
        draft = new Draft(name, seed);
        shapes = new RandomShapes(draft);
        arrays = new RandomArrays(draft, shapes);
        statements = new RandomStatements(draft, arrays, shapes);
    }

    /** The source of a class of this name with a main method. */
    public static String source(String name, long seed) {
        RandomProgram p = new RandomProgram(name, seed);
        p.program();
        return p.draft.out.toString();
    }

    private void program() {
        draft.line("package " + PACKAGE + "; import java.util.Arrays;");
        draft.line("@SuppressWarnings({\"all\"})");
        draft.line("public class " + name + " {");
        draft.line("static int[] log2 = new int[2]; static int fuel;");
        draft.line("static StringBuilder log = new StringBuilder();");
        draft.line(
                "static void log(Object o) { if (log.length() < 20000) log.append(o).append(';');"
                        + " }");
        shapes.declare();
        draft.line("static class Box { " + boxFields() + " Box next; }");
        draft.line(
                "static class Base { protected int[] inherited = new int[3]; int tag(int[] a, int"
                        + " i) { return a[i] + inherited.length; } }");
        draft.line(
                "static class Sub extends Base { int own = 2; @Override int tag(int[] a, int i) {"
                        + " inherited[i % 3] += own; return super.tag(a, i) * 2; } }");
        draft.line(
                "Box box = new Box(); Base base = " + draft.oneOf("new Base()", "new Sub()") + ";");
        draft.fields.add(Place.field("base.inherited", "int[]"));
        for (int i = 0; i < 4 + draft.random.nextInt(3); i++) {
            field();
        }
        for (int i = 0; i < 4; i++) {
            List<String> parameters = new ArrayList<>();
            for (int p = draft.random.nextInt(3); p >= 0; p--) {
                parameters.add(draft.type());
            }
            String returns = draft.chance(50) ? draft.type() : "void";
            draft.helpers.add(new Helper(draft.fresh("h"), parameters, returns, draft.chance(50)));
        }
        draft.helpers.forEach(this::helper);
        draft.line("void run() {");
        statements.block(new Scope(new ArrayList<>(), true, "void"), 12, 3);
        draft.line("}");
        main();
        draft.line("}");
    }

    private void main() {
        draft.line("public static void main(String[] args) {");
        draft.line("for (int round = 0; round < 3; round++) { fuel = 400;");
        draft.line("try { $ p = new $(); show(p);", name, name);
        draft.line("try { p.run(); p.run(); } catch (RuntimeException e) { note(e); } show(p);");
        draft.line(
                "} catch (ExceptionInInitializerError | NoClassDefFoundError e) {"
                        + " log(e.getClass()); } }");
        draft.line("System.out.println(\"" + name + " \" + log); }");
        draft.line("static void show($ p) {", name);
        for (Place f : draft.fields) {
            show(f, f.isStatic() ? "" : "p.");
        }
        draft.line("}");
        draft.line(
                "static void note(RuntimeException e) { StackTraceElement[] t = e.getStackTrace();"
                        + " int i = 0;");
        draft.line("while (i < t.length && t[i].getClassName().startsWith(\"java.\")) i++;");
        draft.line(
                "log(e.getClass().getName() + e.getMessage() + (i < t.length ? t[i].getMethodName()"
                        + OVERLOADS
                        + " + t[i].getLineNumber() : \"\")); }");
    }

    private String boxFields() {
        StringBuilder s = new StringBuilder();
        for (String k : draft.kinds) {
            String f = draft.fresh("b");
            draft.fields.add(Place.field("box." + f, k + "[]"));
            s.append(draft.oneOf("", "private ", "volatile ")).append(k).append("[] ").append(f);
            s.append(draft.chance(60) ? " = new " + k + "[" + draft.number(6) + "]" : "");
            s.append("; ");
        }
        return s.toString();
    }

    private void show(Place f, String receiver) {
        String access = receiver + f.name();
        if (!hasRows(f.type())) {
            draft.line("log(Arrays.toString($));", access);
            return;
        }
        String r = draft.fresh("r");
        String row = f.type().replace("[][]", "[]");
        draft.line("if ($ == null) log(\"null\"); else for ($ $ : $)", access, row, r, access);
        draft.line("log(Arrays.toString($));", r);
    }

    private void field() {
        String type = draft.type();
        String f = draft.fresh("f");
        boolean isStatic = draft.chance(30);
        boolean isFinal = draft.chance(15);
        String start =
                isFinal || draft.chance(75)
                        ? " = " + draft.creation(type).replace("[-1]", "[2]")
                        : "";
        draft.line(
                "$ $ $ $ $$;",
                draft.oneOf("private", "", "public"),
                isStatic ? "static" : "",
                isFinal ? "final" : isStatic ? "" : draft.oneOf("", "", "volatile"),
                type,
                f,
                start);
        draft.fields.add(new Place(f, type, isFinal, isStatic));
    }

    private void helper(Helper h) {
        List<Place> parameters = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        for (String type : h.parameters()) {
            String p = draft.fresh("p");
            declared.add(type + " " + p);
            parameters.add(Place.local(p, type));
        }
        draft.line(
                "$ $ $ $($) {",
                draft.fate == Fate.KEPT && !h.returns().equals("void")
                        ? "private"
                        : draft.oneOf("private", "", "public", "protected"),
                h.instance() ? draft.oneOf("", "final") : "static",
                h.returns(),
                h.name(),
                String.join(", ", declared));
        draft.line("if (--fuel < 0) throw new IllegalStateException(\"fuel\");");
        Scope scope = new Scope(parameters, h.instance(), h.returns());
        statements.block(scope, 3, 2);
        if (!h.returns().equals("void")) {
            draft.line("return $;", arrays.array(scope, h.returns(), 2));
        }
        draft.line("}");
    }
}
