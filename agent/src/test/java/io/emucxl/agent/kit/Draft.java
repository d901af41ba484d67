package io.emucxl.agent.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random program while it is written: its text, its dice, and the names that it has so far. */
final class Draft {
    private static final String[] KINDS = {
        "int", "long", "byte", "char", "short", "boolean", "float", "double"
    };

    /** A variable or field that holds an array. */
    record Place(String name, String type, boolean isFinal, boolean isStatic) {
        static Place local(String name, String type) {
            return new Place(name, type, false, false);
        }

        static Place constant(String name, String type) {
            return new Place(name, type, true, false);
        }

        static Place field(String name, String type) {
            return new Place(name, type, false, false);
        }
    }

    /** A helper method with the types of its parameters; the return type may be void. */
    record Helper(String name, List<String> parameters, String returns, boolean instance) {}

    final Random random;
    final StringBuilder out = new StringBuilder();
    final List<Place> fields = new ArrayList<>();
    final List<Helper> helpers = new ArrayList<>();

    /** What may become of the arrays of this program. */
    final Fate fate;

    /** The kinds of elements of this program. */
    final List<String> kinds;

    /** The name of the class. */
    final String name;

    private int names;

    Draft(String name, long seed) {
        this.name = name;
        random = new Random(seed);
        fate = Fate.of(seed);
        kinds = List.of(oneOf(KINDS), oneOf(KINDS));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String number(int below) {
        return Integer.toString(random.nextInt(below));
    }

    String fresh(String prefix) {
        return prefix + names++;
    }

    /** Adds a line in which every {@code $} stands for the next part. */
    void line(String text, Object... parts) {
        out.append(fill(text, parts)).append('\n');
    }

    /** The text with every {@code $} replaced by the next part. */
    static String fill(String text, Object... parts) {
        if (parts.length == 0) {
            return text;
        }
        StringBuilder s = new StringBuilder();
        int part = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '$') {
                s.append(parts[part++]);
            } else {
                s.append(text.charAt(i));
            }
        }
        if (part != parts.length) {
            throw new IllegalArgumentException(text);
        }
        return s.toString();
    }

    /** An object that is the array now and then, or the array where arrays are kept. */
    String mixed(String array) {
        return fate == Fate.KEPT
                ? "((Object) " + array + ")"
                : "((fuel & 1) == 0 ? \"text\" : (Object) " + array + ")";
    }

    static String kind(String type) {
        return type.replace("[]", "");
    }

    static boolean hasRows(String type) {
        return type.endsWith("[][]");
    }

    String kind() {
        return kinds.get(random.nextInt(kinds.size()));
    }

    String type() {
        return kind() + (chance(15) ? "[][]" : "[]");
    }

    String size() {
        return Integer.toString(chance(3) ? -1 : random.nextInt(7));
    }

    String value(String kind) {
        return switch (kind) {
            case "boolean" -> oneOf("true", "false");
            case "float", "double" ->
                    "(" + kind + ") " + oneOf("1.5", "-0.0", "3e30", "7", "0.0 / 0");
            case "long" -> oneOf("5L", "(-1L << 40)", "0x123456789abcdefL", "Long.MIN_VALUE");
            default -> "(" + kind + ") " + oneOf(number(400), "-" + number(200), "0xfedcba98");
        };
    }

    String creation(String type) {
        String kind = kind(type);
        if (hasRows(type)) {
            return switch (random.nextInt(4)) {
                case 0 -> fill("new $[$][$]", kind, size(), size());
                case 1 -> fill("new $[$][]", kind, size());
                case 2 -> fill("new $[][] {{$}, {}, null}", kind, value(kind));
                default -> fill("new $[][] {{$, $}, {$}}", kind, value(kind), value(kind), "");
            };
        }
        return chance(60)
                ? fill("new $[$]", kind, size())
                : fill("new $[] {$, $, $}", kind, value(kind), value(kind), value(kind));
    }

    /** The places of this type, or of any type for null, that code in this scope can name. */
    List<Place> places(Scope scope, String type) {
        List<Place> all = new ArrayList<>();
        for (Place p : scope.locals()) {
            if (type == null || p.type.equals(type)) {
                all.add(p);
            }
        }
        for (Place p : fields) {
            if ((scope.instance() || p.isStatic) && (type == null || p.type.equals(type))) {
                all.add(p);
            }
        }
        return all;
    }

    /** One of those places, or null when there is none. */
    Place place(Scope scope, String type) {
        List<Place> all = places(scope, type);
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    /** Some place, of whatever type. */
    Place anyPlace(Scope scope) {
        Place p = place(scope, null);
        return p == null ? new Place("log2", "int[]", false, true) : p;
    }

    /** A place that may be assigned. */
    Place variable(Scope scope) {
        List<Place> all = places(scope, null);
        all.removeIf(Place::isFinal);
        return all.isEmpty()
                ? new Place("log2", "int[]", false, true)
                : all.get(random.nextInt(all.size()));
    }

    /**
     * What code can name.
     *
     * @param locals variables and parameters, inner ones last
     * @param instance whether there is a {@code this}
     * @param returns the type that the method returns, or null where nothing may be returned
     */
    record Scope(List<Place> locals, boolean instance, String returns) {
        Scope inner() {
            return new Scope(new ArrayList<>(locals), instance, returns);
        }

        /** Of a lambda or a local class: it sees the fields and these constants. */
        Scope captured(List<Place> constants) {
            return new Scope(new ArrayList<>(constants), instance, null);
        }
    }
}
