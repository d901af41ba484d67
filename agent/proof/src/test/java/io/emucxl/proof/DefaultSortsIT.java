package io.emucxl.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.agent.kit.Compiler;
import io.emucxl.agent.kit.Restless;
import io.emucxl.test.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With all of fastutil placed, the default methods of its list interfaces sort as they do without
 * the agent. Its own lists override them, so these are lists of a program's.
 */
class DefaultSortsIT {
    private static final Map<String, String> ELEMENTS =
            Map.of(
                    "Boolean", "true, false, true, false",
                    "Byte", "(byte) 5, (byte) -7, (byte) 5, Byte.MIN_VALUE",
                    "Char", "'s', 'o', 'r', 't'",
                    "Short", "(short) 300, (short) -1, (short) 300, Short.MIN_VALUE",
                    "Int", "7, -7, 70_000, 7",
                    "Long", "1L << 40, -1L, 0L, 1L << 40",
                    "Float", "1.5f, 0.0f, -0.0f, Float.NaN",
                    "Double", "1e300, 0.0, -0.0, Double.NaN");

    private static final String LIST =
            """
            import it.unimi.dsi.fastutil.$kind$s.*;

            class $Kind$Sorts extends Abstract$Kind$List {
                private final $Kind$ArrayList own = new $Kind$ArrayList();

                @Override
                public $kind$ get$Kind$(int index) {
                    return own.get$Kind$(index);
                }

                @Override
                public $kind$ set(int index, $kind$ element) {
                    return own.set(index, element);
                }

                @Override
                public void add(int index, $kind$ element) {
                    own.add(index, element);
                }

                @Override
                public int size() {
                    return own.size();
                }

                static $Kind$List list() {
                    $Kind$List list = new $Kind$Sorts();
                    for ($kind$ e : new $kind$[] {$elements$}) {
                        list.add(e);
                    }
                    return list;
                }

                public static void main(String[] args) {
                    $Kind$Comparator down = $Kind$Comparators.OPPOSITE_COMPARATOR;
                    for ($Kind$Comparator by : new $Kind$Comparator[] {null, down}) {
                        $Kind$List list = list();
                        list.sort(by);
                        System.out.println("$Kind$ sort " + list);
                        list = list();
                        list.unstableSort(by);
                        System.out.println("$Kind$ unstableSort " + list);
                    }
                }
            }
            """;

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void areTheSame(Jvm jvm) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        StringBuilder all = new StringBuilder();
        ELEMENTS.forEach(
                (kind, elements) -> {
                    String text =
                            LIST.replace("$Kind$", kind)
                                    .replace("$kind$", kind.toLowerCase(Locale.ROOT))
                                    .replace("$elements$", elements);
                    sources.put(kind + "Sorts", text);
                    all.append(kind).append("Sorts.main(args); ");
                });
        sources.put(
                "Sorts",
                "class Sorts { public static void main(String[] args) { %s} }".formatted(all));
        String path = Restless.classPath();
        Path classes =
                Compiler.compile(directory, sources, List.of("--release", "17", "-cp", path));
        String with = classes + File.pathSeparator + path;
        Restless restless = new Restless(directory, "64MiB", List.of("it.unimi.dsi.fastutil.**"));
        Jvm.Result off = run(jvm, with, List.of());
        Jvm.Result on = run(jvm, with, restless.options());
        assertEquals(4L * ELEMENTS.size(), off.out().lines().count(), off.err());
        assertEquals(off.out(), on.out(), on.err());
        assertEquals(0, on.exit(), on.err());
        restless.assertPlaced(on, 1000);
    }

    private static Jvm.Result run(Jvm jvm, String path, List<String> agent) {
        List<String> command = new ArrayList<>(agent);
        command.addAll(List.of("-cp", path, "Sorts"));
        return jvm.run(command);
    }
}
