package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.Compiler;
import io.emucxl.agent.kit.Programs;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs whose classes come by other ways than a plain class path, on every JDK. */
class WorldsIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";
    private static final String JAR =
            Path.of("target/emucxl-agent.jar").toAbsolutePath().toString();

    private static final Path RUNTIME = Path.of("target/emucxl-runtime.jar").toAbsolutePath();

    private static final String TABLE =
            """
            package com.acme;
            public class Table {
                public long[] cells = new long[1000];
                public long sum() {
                    long sum = 0;
                    for (int i = 0; i < cells.length; i++) {
                        sum += cells[i] += i;
                    }
                    return sum;
                }
            }
            """;
    private static final String MAIN =
            """
            package com.acme;
            public class Main {
                public static void main(String[] arguments) {
                    System.out.println(new Table().sum());
                }
            }
            """;

    @TempDir Path directory;

    private Path compile(Map<String, String> sources, String... options) {
        return Compiler.compile(directory, sources, List.of(options));
    }

    private Path policy() throws IOException {
        return Files.writeString(
                directory.resolve("policy.yaml"),
                "version: 1\ntargets:\n  - field: com.acme.Table.cells\n    minBytes: 0B\n");
    }

    private Jvm.Result run(Jvm jvm, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add("-javaagent:" + JAR + "=" + policy());
        command.addAll(List.of(arguments));
        Jvm.Result result = jvm.run(command, 60);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    /** The runtime is in the boot loader's unnamed module, which named modules do not read. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void modules(Jvm jvm) throws IOException {
        Path table =
                compile(
                        Map.of(
                                "module-info",
                                "module acme.table { exports com.acme; }",
                                "Table",
                                TABLE));
        Path main =
                compile(
                        Map.of(
                                "module-info",
                                "module acme.main { requires acme.table; }",
                                "Main",
                                MAIN.replace("com.acme;", "com.acme.main; import com.acme.Table;")),
                        "--module-path",
                        table.toString());
        String path = table + ":" + main;
        Jvm.Result result = run(jvm, "--module-path", path, "-m", "acme.main/com.acme.main.Main");
        assertEquals("499500\n", result.out(), result.err());
        assertTrue(result.err().endsWith("; 1 field placed, 0 refused\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    /** Two loaders define a class of one name; the array of one of them gets out. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void oneNameInTwoLoaders(Jvm jvm) throws IOException {
        Path kept = compile(Map.of("Table", TABLE, "Main", MAIN));
        Path given =
                compile(
                        Map.of(
                                "Table",
                                TABLE.replace(
                                        "public long sum",
                                        "Object out() { return cells; } public long sum"),
                                "Main",
                                MAIN.replace(
                                        "println(",
                                        "println(((long[]) new Table().out()).length + \" \" + ")));
        Path loaders =
                compile(
                        Map.of(
                                "Loaders",
                                """
                                import java.net.*;
                                public class Loaders {
                                    public static void main(String[] arguments) throws Exception {
                                        for (String path : arguments) {
                                            URL[] urls = {new java.io.File(path).toURI().toURL()};
                                            new URLClassLoader(urls).loadClass("com.acme.Main")
                                                .getMethod("main", String[].class)
                                                .invoke(null, (Object) null);
                                        }
                                    }
                                }
                                """));
        String[] paths = {kept.toString(), given.toString(), kept.toString()};
        Jvm.Result result =
                run(jvm, "-cp", loaders.toString(), "Loaders", paths[0], paths[1], paths[2]);
        assertEquals("499500\n1000 499500\n499500\n", result.out(), result.err());
        assertEquals(
                List.of(
                        "emucxl: com.acme.Table: 1 field placed, 0 refused",
                        "emucxl: com.acme.Table: 0 fields placed, 1 refused",
                        "emucxl: com.acme.Table: 1 field placed, 0 refused"),
                result.err()
                        .lines()
                        .filter(line -> line.startsWith("emucxl: com.acme.Table: "))
                        .toList());
    }

    /**
     * A loader that does not say how the classes are called that it defines: one that touches a
     * target and has one of its own, and one that is no class file. And a hidden class, which the
     * JVM shows to no agent.
     */
    @ParameterizedTest
    @MethodSource(JVMS)
    void classesDefinedWithoutAName(Jvm jvm) throws IOException {
        Path program = compile(Map.of("Table", TABLE, "Main", NAMELESS));
        Path generated =
                compile(
                        Map.of(
                                "User",
                                """
                                package com.acme;
                                public class User implements java.util.function.Supplier<String> {
                                    private @io.emucxl.runtime.RemoteTier long[] own = new long[9000];
                                    public String get() {
                                        own[8999] = new Table().cells.length;
                                        return own[8999] + " " + own.length + " " + new Table().sum();
                                    }
                                }
                                """,
                                "Hidden",
                                """
                                package com.acme;
                                public class Hidden implements java.util.function.Supplier<String> {
                                    public String get() {
                                        return "" + new Table().cells.length;
                                    }
                                }
                                """),
                        "-cp",
                        program + ":" + RUNTIME);
        Jvm.Result result =
                run(
                        jvm,
                        "-Demucxl.dump=" + directory.resolve("dump"),
                        "-cp",
                        program.toString(),
                        "com.acme.Main",
                        generated.resolve("com/acme/User.class").toString(),
                        generated.resolve("com/acme/Hidden.class").toString());
        assertEquals("1000 9000 499500\nrefused\nno field\n", result.out(), result.err());
        assertTrue(Files.exists(directory.resolve("dump/com/acme/User.class")), result.err());
        assertEquals(
                List.of(
                        "emucxl: com.acme.User: 1 field placed, 0 refused",
                        "emucxl: a class without a name is left alone: malformed class file"),
                result.err().lines().filter(line -> line.startsWith("emucxl: ")).toList());
    }

    private static final String NAMELESS =
            """
            package com.acme;
            import java.lang.invoke.MethodHandles;
            import java.nio.file.*;
            import java.util.function.Supplier;
            public class Main extends ClassLoader {
                public static void main(String[] arguments) throws Exception {
                    byte[] user = Files.readAllBytes(Path.of(arguments[0]));
                    Main loader = new Main();
                    get(loader.defineClass(null, user, 0, user.length));
                    try {
                        loader.defineClass(null, new byte[] {'[', 'J'}, 0, 2);
                    } catch (ClassFormatError e) {
                        System.out.println("refused");
                    }
                    byte[] hidden = Files.readAllBytes(Path.of(arguments[1]));
                    try {
                        get(MethodHandles.lookup().defineHiddenClass(hidden, true).lookupClass());
                    } catch (NoSuchFieldError e) {
                        System.out.println("no field");
                    }
                }
                private static void get(Class<?> c) throws Exception {
                    System.out.println(((Supplier<?>) c.getDeclaredConstructor().newInstance()).get());
                }
            }
            """;

    /** Not all of the JDK's packages begin with {@code java}. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void whatIsPassedToTheJdk(Jvm jvm) throws IOException {
        Path program =
                compile(
                        Map.of(
                                "Table",
                                """
                                package com.acme;
                                import javax.crypto.spec.IvParameterSpec;
                                public class Table {
                                    private byte[] cells = {1, 2, 3};
                                    IvParameterSpec spec() {
                                        return new IvParameterSpec(cells);
                                    }
                                    public int sum() {
                                        return spec().getIV().length;
                                    }
                                }
                                """,
                                "Main",
                                MAIN));
        Jvm.Result result = run(jvm, "-cp", program.toString(), "com.acme.Main");
        assertEquals("3\n", result.out(), result.err());
        assertTrue(
                result.err()
                        .contains(
                                "com.acme.Table.cells stays on the heap: com.acme.Table.spec:6: it is"
                                        + " passed to javax.crypto.spec.IvParameterSpec.<init>, and"
                                        + " javax.crypto.spec.IvParameterSpec cannot be rewritten: it is"
                                        + " a class of the JDK"),
                result.err());
    }

    /** A class that nobody could know when the field was placed hands the array out. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void whatLeaksLaterFailsAndSaysWhy(Jvm jvm) throws IOException {
        Path program = compile(Map.of("Table", TABLE, "Main", LATE));
        Path late =
                compile(
                        Map.of(
                                "Leak",
                                """
                                package com.acme.late;
                                public class Leak {
                                    public static int length(com.acme.Table table) {
                                        return table.cells.length;
                                    }
                                    public static Object leak(com.acme.Table table) {
                                        return table.cells;
                                    }
                                }
                                """),
                        "-cp",
                        program.toString());
        Jvm.Result result = run(jvm, "-cp", program.toString(), "com.acme.Main", late.toString());
        String place = directory.resolve("policy.yaml") + ":3:5";
        String[] lines = result.out().split("\n", -1);
        assertEquals("499500 1000", lines[0], result.err());
        assertEquals(
                "java.lang.IncompatibleClassChangeError: emucxl: com.acme.late.Leak.leak:7 uses an"
                        + " array that lives in a region as a heap array: it is returned to callers"
                        + " that cannot all be rewritten. To run this, do not place"
                        + " com.acme.Table.cells ("
                        + place
                        + ")",
                lines[1]);
        assertEquals("499500 + 499500", lines[2]);
        assertTrue(
                result.err().contains("emucxl: com.acme.late.Leak.leak:7 fails when it runs: "),
                result.err());
    }

    /** The JDK makes their classes while the program runs, of interfaces that were rewritten. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void proxies(Jvm jvm) throws IOException {
        String name = "ProxiesProgram";
        Path program = compile(Map.of(name, Programs.sources().get(name)));
        Path all =
                Files.writeString(
                        directory.resolve("proxies.yaml"),
                        "version: 1\ntargets:\n  - {fields: 'ProxiesProgram$*.*', minBytes: 0B}\n");
        Jvm.Result plain = jvm.run(List.of("-cp", program.toString(), name), 60);
        assertEquals(6, plain.out().lines().count(), plain.err());
        Jvm.Result tiered =
                jvm.run(
                        List.of("-javaagent:" + JAR + "=" + all, "-cp", program.toString(), name),
                        60);
        assertEquals(plain.out(), tiered.out(), tiered.err());
        assertTrue(tiered.err().endsWith("; 3 fields placed, 2 refused\n"), tiered.err());
    }

    private static final String LATE =
            """
            package com.acme;
            import java.net.*;
            public class Main {
                public static void main(String[] arguments) throws Exception {
                    Table table = new Table();
                    long sum = table.sum();
                    URL[] urls = {new java.io.File(arguments[0]).toURI().toURL()};
                    Class<?> late = new URLClassLoader(urls).loadClass("com.acme.late.Leak");
                    System.out.println(sum + " " + late.getMethod("length", Table.class).invoke(null, table));
                    try {
                        late.getMethod("leak", Table.class).invoke(null, table);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        System.out.println(e.getCause());
                    }
                    System.out.println(sum + " + " + (table.sum() - sum));
                }
            }
            """;
}
