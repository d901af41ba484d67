import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes the classes of the eight kinds of element from templates, at build time.
 *
 * <p>In a template {@code $type$}, {@code $Kind$} and the other names of {@link #expand} stand for
 * the kind's words; lines between {@code #if flag} (or {@code #ifnot flag}), {@code #else} and
 * {@code #end} are kept for kinds that have the flag.
 *
 * <p>Usage: {@code java GenerateElements.java TEMPLATES OUTPUT}
 */
final class GenerateElements {
    private record Kind(String type, String box, int shift, String bits, Set<String> flags) {
        String name() {
            return type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("boolean", "Boolean", 0, "v ? 1 : 0", Set.of("byteSized")),
                    new Kind(
                            "byte",
                            "Byte",
                            0,
                            "v",
                            Set.of("byteSized", "small", "ordered", "unsigned")),
                    new Kind("char", "Character", 1, "v", Set.of("small", "ordered")),
                    new Kind("short", "Short", 1, "v", Set.of("small", "ordered", "unsigned")),
                    new Kind("int", "Integer", 2, "v", Set.of("ordered", "unsigned", "stream")),
                    new Kind("long", "Long", 3, "v", Set.of("ordered", "unsigned", "stream")),
                    new Kind(
                            "float",
                            "Float",
                            2,
                            "Float.floatToRawIntBits(v)",
                            Set.of("ordered", "floating")),
                    new Kind(
                            "double",
                            "Double",
                            3,
                            "Double.doubleToRawLongBits(v)",
                            Set.of("ordered", "floating", "stream")));

    private GenerateElements() {}

    public static void main(String[] args) throws IOException {
        Path templates = Path.of(args[0]);
        Path output = Path.of(args[1], "io", "emucxl", "runtime");
        Files.createDirectories(output);
        for (Kind kind : KINDS) {
            generate(templates, output, "Elements", kind);
            generate(templates, output, "Arrays", kind);
            if (kind.flags().contains("ordered")) {
                generate(templates, output, "Buffers", kind);
                generate(templates, output, "Order", kind);
                generate(templates, output, "Sort", kind);
            }
            if (kind.flags().contains("stream")) {
                generate(templates, output, "Spliterator", kind);
                generate(templates, output, "Streams", kind);
            }
        }
    }

    private static void generate(Path templates, Path output, String what, Kind kind)
            throws IOException {
        List<String> template = Files.readAllLines(templates.resolve(what + ".java.template"));
        String text = String.join("\n", expand(template, kind)) + "\n";
        Path file = output.resolve(kind.name() + what + ".java");
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    private static List<String> expand(List<String> template, Kind kind) {
        List<String> lines = new ArrayList<>();
        Deque<Boolean> kept = new ArrayDeque<>();
        for (String line : template) {
            if (line.startsWith("#if ")) {
                kept.push(kind.flags().contains(line.substring(4)));
            } else if (line.startsWith("#ifnot ")) {
                kept.push(!kind.flags().contains(line.substring(7)));
            } else if (line.equals("#else")) {
                kept.push(!kept.pop());
            } else if (line.equals("#end")) {
                kept.pop();
            } else if (!kept.contains(false)) {
                lines.add(words(line, kind));
            }
        }
        return lines;
    }

    private static String words(String line, Kind kind) {
        return line.replace("$type$", kind.type())
                .replace("$Kind$", kind.name())
                .replace("$KIND$", kind.type().toUpperCase(Locale.ROOT))
                .replace("$Box$", kind.box())
                .replace("$shift$", Integer.toString(kind.shift()))
                .replace("$bytes$", Integer.toString(1 << kind.shift()))
                .replace("$bits(v)$", kind.bits())
                .replace(
                        "$To$",
                        kind.type().equals("int")
                                ? "UnaryOperator"
                                : "To" + kind.name() + "Function");
    }
}
