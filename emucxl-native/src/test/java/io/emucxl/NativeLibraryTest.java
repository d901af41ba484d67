package io.emucxl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeLibraryTest {

    /** Starts the space on the emulated backend and prints a line. */
    public static final class Program {
        private Program() {}

        public static void main(String[] args) {
            try (RegionSpace space =
                    RegionSpace.start(
                            new SpaceConfig(Backend.EMULATED, 0, -1, 8 << 20, -1, 8 << 20))) {
                System.out.println(space.backend() + " " + (space.allocate(100, 1) != 0));
            } catch (EmucxlException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @TempDir Path directory;

    private Jvm.Result run(Jvm jvm, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("-D" + NativeLibrary.DIRECTORY + "=" + directory);
        arguments.add(Program.class.getName());
        return jvm.run(arguments, 60);
    }

    private static String classes() {
        return Path.of("target/classes").toAbsolutePath()
                + File.pathSeparator
                + Path.of("target/test-classes").toAbsolutePath();
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void loadsFromTheClassPathAndLeavesNothing(Jvm jvm) throws IOException {
        Jvm.Result result = run(jvm, "-cp", classes());
        assertEquals("emulated true\n", result.out(), result.err());
        assertLeftNothing();
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void loadsFromTheBootPathWithoutAWarning(Jvm jvm) throws IOException {
        Jvm.Result result =
                run(
                        jvm,
                        "-Xbootclasspath/a:" + classes(),
                        "--add-exports=java.base/jdk.internal.loader=ALL-UNNAMED",
                        "-Xshare:auto",
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr");
        assertEquals("emulated true\n", result.out(), result.err());
        assertEquals("", result.err());
        assertLeftNothing();
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void saysWhichDirectoryIsMissing(Jvm jvm) throws IOException {
        Files.delete(directory);
        Jvm.Result result = run(jvm, "-cp", classes());
        assertTrue(
                result.out().contains(directory.toString())
                        && result.out().contains("-Demucxl.library.dir=DIR"),
                result.out() + result.err());
        Files.createDirectory(directory);
    }

    @Test
    void explainsANoexecDirectory() {
        String why =
                NativeLibrary.whyNotLoaded(
                        Path.of("/tmp"),
                        "/tmp/x.so: failed to map segment from shared object",
                        false);
        assertTrue(
                why.contains("/tmp seems to be mounted noexec")
                        && why.contains("-Demucxl.library.dir=DIR"),
                why);
    }

    @Test
    void explainsMusl() {
        assertTrue(
                NativeLibrary.whyNotLoaded(Path.of("/tmp"), "no such file", true).contains("musl"));
    }

    @Test
    void namesTheLibraryOfAnArchitecture() {
        assertEquals("/io/emucxl/linux-x86_64/libemucxl.so", NativeLibrary.resource("amd64"));
        assertEquals("/io/emucxl/linux-aarch64/libemucxl.so", NativeLibrary.resource("aarch64"));
    }

    private void assertLeftNothing() throws IOException {
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
