import java.io.IOException;
import java.nio.file.DirectoryStream;
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
 * <p>The first line of a template, {@code #kinds all} or {@code #kinds word...}, says for which
 * kinds it is: those of that type, or with that flag. In the rest {@code $type$}, {@code $Kind$}
 * and the other names of {@link #words} stand for the kind's words; lines between {@code #if flag}
 * (or {@code #ifnot flag}), {@code #else} and {@code #end} are kept for kinds that have the flag.
 *
 * <p>Usage: {@code java GenerateKinds.java TEMPLATES OUTPUT}
 */
final class GenerateKinds {
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

    private static final String SUFFIX = ".java.template";

    private GenerateKinds() {}

    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[1]);
        Files.createDirectories(output);
        try (DirectoryStream<Path> templates =
                Files.newDirectoryStream(Path.of(args[0]), "*" + SUFFIX)) {
            for (Path template : templates) {
                generate(template, output);
            }
        }
    }

    private static void generate(Path template, Path output) throws IOException {
        List<String> lines = Files.readAllLines(template);
        if (!lines.get(0).startsWith("#kinds ")) {
            throw new IOException(template + " does not begin with #kinds");
        }
        List<String> wanted = List.of(lines.get(0).split(" ", -1));
        String name = template.getFileName().toString();
        String what = name.substring(0, name.length() - SUFFIX.length());
        for (Kind kind : KINDS) {
            if (wanted.contains("all")
                    || wanted.contains(kind.type())
                    || wanted.stream().anyMatch(kind.flags()::contains)) {
                write(
                        output.resolve(kind.name() + what + ".java"),
                        String.join("\n", expand(lines.subList(1, lines.size()), kind)) + "\n");
            }
        }
    }

    /** Writes a file unless it is there already, so that it is not compiled again. */
    private static void write(Path file, String text) throws IOException {
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
