package io.emucxl.agent.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random program over arrays, valid and terminating: fields, locals, branches, loops, helpers,
 * exceptions, lambdas, nested classes and inheritance. The same seed gives the same program.
 */
public final class RandomProgram {
    private static final String[] KINDS = {
        "int", "long", "byte", "char", "short", "boolean", "float", "double"
    };

    /** A variable or field that holds an array. */
    private record Place(String name, String type) {}

    /** A helper method with the types of its parameters; the return type may be void. */
    private record Helper(String name, List<String> parameters, String returns, boolean instance) {}

    private final Random random;
    private final String name;
    private final StringBuilder out = new StringBuilder();
    private final List<Place> fields = new ArrayList<>();
    private final List<Helper> helpers = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private int names;

    private RandomProgram(String name, long seed) {
        this.name = name;
        this.random = new Random(seed);
    }

    /** The source of a class of this name with a main method. */
    public static String source(String name, long seed) {
        RandomProgram p = new RandomProgram(name, seed);
        p.program();
        return p.out.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void line(String s) {
        out.append(s).append('\n');
    }

    private String fresh(String prefix) {
        return prefix + names++;
    }

    private void program() {
        kinds.add(oneOf(KINDS));
        kinds.add(oneOf(KINDS));
        line("import java.util.Arrays;");
        line("@SuppressWarnings({\"all\"})");
        line("public class " + name + " {");
        line(
                "static int[] log2 = new int[2]; static int fuel; static StringBuilder log = new StringBuilder();");
        line("static void log(Object o) { if (log.length() < 20000) log.append(o).append(';'); }");
        line("static class Box { " + boxFields() + " Box next; }");
        line(
                "static class Base { protected int[] inherited = new int[3]; int tag(int[] a, int i) { return a[i] + inherited.length; } }");
        line(
                "static class Sub extends Base { int own = 2; @Override int tag(int[] a, int i) { inherited[i % 3] += own; return super.tag(a, i) * 2; } }");
        line("Box box = new Box(); Base base = " + oneOf("new Base()", "new Sub()") + ";");
        fields.add(new Place("base.inherited", "int[]"));
        for (int i = 0; i < 4 + random.nextInt(3); i++) {
            field();
        }
        for (int i = 0; i < 4; i++) {
            List<String> parameters = new ArrayList<>();
            for (int p = random.nextInt(3); p >= 0; p--) {
                parameters.add(type());
            }
            helpers.add(
                    new Helper(fresh("h"), parameters, chance(50) ? type() : "void", chance(50)));
        }
        for (Helper h : helpers) {
            helper(h);
        }
        line("void run() {");
        body(new ArrayList<>(), 12, 3, true);
        line("}");
        line("public static void main(String[] args) {");
        line(
                "for (int round = 0; round < 3; round++) { fuel = 400; "
                        + name
                        + " p = new "
                        + name
                        + "();");
        line("try { p.run(); p.run(); } catch (RuntimeException e) { note(e); }");
        for (Place f : fields) {
            line(show(f, "p."));
        }
        line("} System.out.println(\"" + name + " \" + log); }");
        line(
                "static void note(RuntimeException e) { StackTraceElement[] t = e.getStackTrace(); int i = 0;");
        line("while (i < t.length && t[i].getClassName().startsWith(\"java.\")) i++;");
        line(
                "log(e.getClass().getName() + e.getMessage() + (i < t.length ? t[i].getMethodName() + t[i].getLineNumber() : \"\")); }");
        line("}");
    }

    private String boxFields() {
        StringBuilder s = new StringBuilder();
        for (String k : kinds) {
            String f = fresh("b");
            fields.add(new Place("box." + f, k + "[]"));
            s.append(oneOf("", "private ", "volatile ")).append(k).append("[] ").append(f);
            s.append(chance(60) ? " = new " + k + "[" + (1 + random.nextInt(5)) + "]" : "");
            s.append("; ");
        }
        return s.toString();
    }

    private String show(Place f, String receiver) {
        String access = receiver + f.name;
        if (f.type.endsWith("[][]")) {
            String r = fresh("r");
            return "if ("
                    + access
                    + " == null) log(\"null\"); else for ("
                    + f.type.replace("[][]", "[]")
                    + " "
                    + r
                    + " : "
                    + access
                    + ") log(Arrays.toString("
                    + r
                    + "));";
        }
        return "log(Arrays.toString(" + access + "));";
    }

    private String type() {
        return kinds.get(random.nextInt(kinds.size())) + (chance(12) ? "[][]" : "[]");
    }

    private void field() {
        String type = type();
        String f = fresh("f");
        boolean isStatic = chance(25);
        String start = chance(75) ? " = " + creation(type).replace("[-1]", "[2]") : "";
        line(
                oneOf("private ", "", "public ")
                        + (isStatic ? "static " : oneOf("", "", "volatile "))
                        + type
                        + " "
                        + f
                        + start
                        + ";");
        fields.add(new Place(f, type));
    }

    private String creation(String type) {
        String kind = kind(type);
        if (type.endsWith("[][]")) {
            return oneOf(
                    "new " + kind + "[" + size() + "][" + size() + "]",
                    "new " + kind + "[" + size() + "][]",
                    "new " + kind + "[][] {{" + value(kind) + "}, {}, null}");
        }
        return oneOf(
                "new " + kind + "[" + size() + "]",
                "new " + kind + "[] {" + value(kind) + ", " + value(kind) + "}");
    }

    private static String kind(String type) {
        return type.replace("[]", "");
    }

    private String size() {
        return Integer.toString(chance(3) ? -1 : random.nextInt(7));
    }

    private String value(String kind) {
        return switch (kind) {
            case "boolean" -> oneOf("true", "false");
            case "float", "double" -> "(" + kind + ") " + oneOf("1.5", "-0.0", "3e30", "7");
            default -> "(" + kind + ") " + (random.nextInt(400) - 100);
        };
    }

    private void helper(Helper h) {
        StringBuilder s = new StringBuilder(oneOf("private ", "", "public ", "protected "));
        s.append(h.instance ? oneOf("", "final ") : "static ").append(h.returns).append(' ');
        s.append(h.name).append('(');
        List<Place> locals = new ArrayList<>();
        for (int i = 0; i < h.parameters.size(); i++) {
            String p = fresh("p");
            s.append(i == 0 ? "" : ", ").append(h.parameters.get(i)).append(' ').append(p);
            locals.add(new Place(p, h.parameters.get(i)));
        }
        line(s + ") {");
        line("if (--fuel < 0) throw new IllegalStateException(\"fuel\");");
        body(locals, 4, 2, h.instance);
        if (!h.returns.equals("void")) {
            line("return " + array(locals, h.returns, 2, h.instance) + ";");
        }
        line("}");
    }

    private void body(List<Place> locals, int statements, int depth, boolean instance) {
        List<Place> scope = new ArrayList<>(locals);
        for (int i = 0; i < statements; i++) {
            statement(scope, depth, instance);
        }
    }

    private void statement(List<Place> scope, int depth, boolean instance) {
        String type = type();
        switch (random.nextInt(depth > 0 ? 16 : 10)) {
            case 0, 1 -> {
                String v = fresh("v");
                line(type + " " + v + " = " + array(scope, type, 2, instance) + ";");
                scope.add(new Place(v, type));
            }
            case 2, 3, 4 -> element(scope, instance);
            case 5 -> {
                Place p = place(scope, null, instance);
                line(p.name + " = " + array(scope, p.type, 2, instance) + ";");
            }
            case 6 -> bulk(scope, instance);
            case 7 -> line("log(" + observation(scope, instance) + ");");
            case 8, 9 -> call(scope, instance);
            case 10, 11 -> {
                String i = fresh("i");
                line(
                        "for (int "
                                + i
                                + " = 0; "
                                + i
                                + " < "
                                + bound(scope, instance)
                                + " && --fuel > 0; "
                                + i
                                + "++) {");
                Place p = place(scope, null, instance);
                if (p.type.equals(kind(p.type) + "[]")) {
                    line(update(p.name, i, kind(p.type)));
                }
                body(scope, 2, depth - 1, instance);
                line("}");
            }
            case 12 -> {
                line("if (" + condition(scope, instance) + ") {");
                body(scope, 2, depth - 1, instance);
                line("} else {");
                body(scope, 1, depth - 1, instance);
                line("}");
            }
            case 13 -> {
                line("try {");
                body(scope, 2, depth - 1, instance);
                line("} catch (RuntimeException e" + names + ") { note(e" + names++ + "); }");
            }
            case 14 -> {
                line("switch (fuel & 3) { case 0:");
                body(scope, 1, depth - 1, instance);
                line("break; case 1:");
                body(scope, 1, depth - 1, instance);
                line("default: log(fuel); }");
            }
            default -> lambda(scope, instance);
        }
    }

    private void lambda(List<Place> scope, boolean instance) {
        String v = fresh("c");
        String type = kinds.get(0) + "[]";
        line("{ final " + type + " " + v + " = " + array(scope, type, 1, instance) + ";");
        line("java.util.function.IntUnaryOperator " + v + "f = x -> " + v + ".length + x;");
        line("Runnable " + v + "r = () -> log(" + v + "[0]);");
        line(
                "try { log("
                        + v
                        + "f.applyAsInt(3)); "
                        + v
                        + "r.run(); } catch (RuntimeException e) { note(e); } }");
    }

    private String bound(List<Place> scope, boolean instance) {
        return chance(50)
                ? place(scope, null, instance).name + ".length"
                : Integer.toString(random.nextInt(5));
    }

    private Place place(List<Place> scope, String type, boolean instance) {
        List<Place> all = new ArrayList<>();
        for (Place p : scope) {
            if (type == null || p.type.equals(type)) {
                all.add(p);
            }
        }
        for (Place p : instance ? fields : List.<Place>of()) {
            if (type == null || p.type.equals(type)) {
                all.add(p);
            }
        }
        if (all.isEmpty()) {
            return type == null ? new Place("log2", "int[]") : null;
        }
        return all.get(random.nextInt(all.size()));
    }

    private String array(List<Place> scope, String type, int depth, boolean instance) {
        Place p = place(scope, type, instance);
        if (p == null || chance(12)) {
            return chance(8) ? "((" + type + ") null)" : "(" + creation(type) + ")";
        }
        if (depth == 0 || chance(45)) {
            return p.name;
        }
        boolean rows = type.endsWith("[][]");
        return switch (random.nextInt(7)) {
            case 0 ->
                    "("
                            + condition(scope, instance)
                            + " ? "
                            + array(scope, type, depth - 1, instance)
                            + " : "
                            + array(scope, type, depth - 1, instance)
                            + ")";
            case 1 -> array(scope, type, depth - 1, instance) + ".clone()";
            case 2 ->
                    "Arrays.copyOf("
                            + array(scope, type, depth - 1, instance)
                            + ", "
                            + size()
                            + ")";
            case 3 ->
                    "Arrays.copyOfRange("
                            + array(scope, type, depth - 1, instance)
                            + ", "
                            + random.nextInt(3)
                            + ", "
                            + random.nextInt(7)
                            + ")";
            case 4 -> {
                Place r = rows ? null : place(scope, type + "[]", instance);
                yield r == null ? p.name : r.name + "[" + index() + "]";
            }
            case 5 -> {
                List<Helper> fit = new ArrayList<>();
                for (Helper h : helpers) {
                    if (h.returns.equals(type) && (instance || !h.instance)) {
                        fit.add(h);
                    }
                }
                yield fit.isEmpty()
                        ? p.name
                        : invoke(fit.get(random.nextInt(fit.size())), scope, instance);
            }
            default ->
                    rows
                            ? p.name
                            : "(" + p.name + " = " + array(scope, type, depth - 1, instance) + ")";
        };
    }

    private String invoke(Helper h, List<Place> scope, boolean instance) {
        StringBuilder s = new StringBuilder(h.name).append('(');
        for (int i = 0; i < h.parameters.size(); i++) {
            s.append(i == 0 ? "" : ", ").append(array(scope, h.parameters.get(i), 1, instance));
        }
        return s.append(')').toString();
    }

    private void call(List<Place> scope, boolean instance) {
        if (instance && chance(20)) {
            line("log(base.tag(" + array(scope, "int[]", 1, true) + ", " + index() + "));");
            return;
        }
        Helper h = helpers.get(random.nextInt(helpers.size()));
        if (instance || !h.instance) {
            line(invoke(h, scope, instance) + ";");
        }
    }

    private String index() {
        return chance(85)
                ? Integer.toString(random.nextInt(3))
                : oneOf("fuel & 7", "-1", "1 + (fuel & 1)");
    }

    private String update(String array, String index, String kind) {
        String at = array + "[" + index + "]";
        if (kind.equals("boolean")) {
            return oneOf(at + " = !" + at + ";", at + " ^= true;", at + " |= fuel > 100;");
        }
        return oneOf(
                at + "++;",
                at + " += " + value(kind) + ";",
                "--" + at + ";",
                at + " = " + value(kind) + ";",
                at + " = (" + kind + ") (" + at + " * 3);",
                "log(" + at + "--);",
                "log(" + at + " *= 2);");
    }

    private void element(List<Place> scope, boolean instance) {
        Place p = place(scope, null, instance);
        String kind = kind(p.type);
        if (p.type.endsWith("[][]")) {
            if (chance(40)) {
                line(
                        p.name
                                + "["
                                + index()
                                + "] = "
                                + array(scope, kind + "[]", 2, instance)
                                + ";");
            } else {
                line(update(p.name + "[" + index() + "]", index(), kind));
            }
        } else if (chance(25)) {
            line(
                    p.name
                            + "["
                            + index()
                            + "] = "
                            + array(scope, p.type, 1, instance)
                            + "["
                            + index()
                            + "];");
        } else {
            line(update(p.name, index(), kind));
        }
    }

    private void bulk(List<Place> scope, boolean instance) {
        String type = kinds.get(random.nextInt(kinds.size())) + "[]";
        String a = array(scope, type, 1, instance);
        String b = array(scope, type, 1, instance);
        String kind = kind(type);
        boolean sorts = !kind.equals("boolean");
        line(
                switch (random.nextInt(6)) {
                    case 0, 1 ->
                            "System.arraycopy("
                                    + a
                                    + ", "
                                    + random.nextInt(2)
                                    + ", "
                                    + b
                                    + ", "
                                    + random.nextInt(2)
                                    + ", "
                                    + random.nextInt(4)
                                    + ");";
                    case 2 -> "Arrays.fill(" + a + ", " + value(kind) + ");";
                    case 3 ->
                            "Arrays.fill("
                                    + a
                                    + ", 0, "
                                    + random.nextInt(5)
                                    + ", "
                                    + value(kind)
                                    + ");";
                    case 4 ->
                            sorts ? "Arrays.sort(" + a + ");" : "log(Arrays.hashCode(" + a + "));";
                    default -> "log(Arrays.equals(" + a + ", " + b + "));";
                });
    }

    private String observation(List<Place> scope, boolean instance) {
        Place p = place(scope, null, instance);
        String other = array(scope, p.type, 1, instance);
        if (p.type.endsWith("[][]")) {
            return oneOf(
                    p.name + ".length",
                    p.name + " == " + other,
                    p.name + "[" + index() + "] == null");
        }
        return oneOf(
                "Arrays.toString(" + p.name + ")",
                p.name + " == " + other,
                p.name + " != null",
                p.name + ".length",
                p.name + "[" + index() + "]",
                "Arrays.hashCode(" + p.name + ")");
    }

    private String condition(List<Place> scope, boolean instance) {
        Place p = place(scope, null, instance);
        return oneOf(
                "fuel % 3 == 0",
                "(fuel & 4) != 0",
                p.name + " == null",
                p.name + " != null && " + p.name + ".length > 2",
                p.name + " == " + array(scope, p.type, 0, instance));
    }
}
