package io.emucxl.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that Kotlin, Scala and ProGuard made print the same with their arrays placed. */
class OtherCompilersIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";

    /** What the compilers are made of, and the libraries of the programs that they make. */
    private static final List<String> TOOLS =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    // Spring Boot's logging, which ProGuard's is not made for.
                    .filter(entry -> !entry.contains("log4j-to-slf4j"))
                    .toList();

    @TempDir static Path directory;

    private static Path kotlin;
    private static Path scala;
    private static Path obfuscated;

    @BeforeAll
    static void compile() throws IOException, URISyntaxException {
        kotlin = directory.resolve("kotlin");
        tool(
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "17",
                "-cp",
                jar("kotlin-stdlib-2"),
                "-d",
                kotlin.toString(),
                source("Numbers.kt"));
        scala = Files.createDirectory(directory.resolve("scala"));
        tool(
                "dotty.tools.dotc.Main",
                "-classpath",
                jar("scala3-library_3") + File.pathSeparator + jar("scala-library"),
                "-d",
                scala.toString(),
                source("Numbers.scala"));
        obfuscated = directory.resolve("obfuscated.jar");
        Path rules = directory.resolve("rules.pro");
        Files.writeString(
                rules,
                """
                -injars %s(io/emucxl/applications/Numbers*.class)
                -injars %s(!META-INF/**,!module-info.class)
                -outjars %s
                -libraryjars <java.home>/jmods/java.base.jmod(!**.jar;!module-info.class)
                -keep class io.emucxl.applications.Numbers { public static void main(java.lang.String[]); }
                -allowaccessmodification
                -overloadaggressively
                -repackageclasses small
                -optimizationpasses 3
                -dontwarn
                -dontnote
                """
                        .formatted(
                                Path.of("target/classes").toAbsolutePath(),
                                jar("hppc-"),
                                obfuscated));
        tool("proguard.ProGuard", "@" + rules);
    }

    /** Runs a tool in a JVM of its own, as they keep what they have opened. */
    private static void tool(String main, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-cp", String.join(File.pathSeparator, TOOLS), main));
        command.addAll(List.of(arguments));
        Jvm.Result result = Jvm.all().findFirst().orElseThrow().run(command);
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    private static String source(String name) throws URISyntaxException {
        URL found = OtherCompilersIT.class.getResource(name);
        return Path.of(found.toURI()).toString();
    }

    /** The jar whose name begins so. */
    private static String jar(String prefix) {
        for (String entry : TOOLS) {
            if (Path.of(entry).getFileName().toString().startsWith(prefix)) {
                return entry;
            }
        }
        throw new AssertionError("no " + prefix + " on the class path");
    }

    /** Everything that can be placed of these packages is; that is so many fields. */
    private static void same(
            Jvm jvm, String placed, List<String> packages, String main, Object... path)
            throws IOException {
        List<String> classPath = new ArrayList<>();
        for (Object entry : path) {
            classPath.add(entry.toString());
        }
        List<String> command = List.of("-cp", String.join(File.pathSeparator, classPath), main);
        Path policy = directory.resolve("p.yaml");
        Files.writeString(policy, Application.policy(packages.toArray(new String[0])));
        List<String> tiered = new ArrayList<>();
        tiered.add("-javaagent:" + Application.AGENT + "=" + policy);
        tiered.addAll(command);
        Jvm.Result off = jvm.run(command);
        Jvm.Result on = jvm.run(tiered);
        assertEquals(0, off.exit(), off.err());
        assertEquals(off.out(), on.out(), on.err());
        assertEquals(0, on.exit(), on.err());
        assertTrue(off.out().lines().count() > 5, off.out());
        List<String> said = Application.said(on.err());
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).endsWith("; " + placed), on.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void kotlin(Jvm jvm) throws IOException {
        same(
                jvm,
                "6 fields placed, 3 refused",
                List.of("numbers"),
                "numbers.NumbersKt",
                kotlin,
                jar("kotlin-stdlib-2"));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void scala(Jvm jvm) throws IOException {
        same(
                jvm,
                "4 fields placed, 3 refused",
                List.of("numbers"),
                "numbers.program",
                scala,
                jar("scala3-library_3"),
                jar("scala-library"));
    }

    /**
     * Members that differ in their types only, and everything in one package. Of two arrays of one
     * name in one class only one can become a handle.
     */
    @ParameterizedTest
    @MethodSource(JVMS)
    void obfuscated(Jvm jvm) throws IOException {
        same(
                jvm,
                "8 fields placed, 1 refused",
                List.of("small", "io.emucxl.applications"),
                "io.emucxl.applications.Numbers",
                obfuscated);
    }
}
