package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

    @TempDir Path directory;

    private Path jar(String name, String classPath, String... entries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MULTI_RELEASE, "true");
        if (classPath != null) {
            main.put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path jar = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write((name + entry).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static String text(byte[] file) {
        return new String(file, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void jarsNamedInManifestsComeBehindTheirJar() throws IOException {
        jar("b c.jar", null, "p/B.class", "p/A.class");
        Path first = jar("a.jar", "b%20c.jar missing.jar a.jar", "p/A.class");
        Path last = jar("z.jar", null, "p/B.class", "p/Z.class");
        ClassPath path = new ClassPath(first + File.pathSeparator + last);
        assertEquals("a.jarp/A.class", text(path.file("p/A.class")));
        assertEquals("b c.jarp/B.class", text(path.file("p/B.class")));
        assertEquals("z.jarp/Z.class", text(path.file("p/Z.class")));
        assertNull(path.file("p/C.class"));
        assertEquals(3, path.entries().size());
    }

    @Test
    void theNewestReleaseOfAClassCounts() throws IOException {
        Path jar = jar("m.jar", null, "p/A.class", "META-INF/versions/11/p/A.class");
        ClassPath path = new ClassPath(jar.toString());
        assertEquals("m.jarMETA-INF/versions/11/p/A.class", text(path.file("p/A.class")));
        assertEquals(List.of("p/A.class"), path.entries().get(0).names());
    }

    @Test
    void directoriesAreReadAndLinksNotFollowed() throws IOException {
        Path inner = Files.createDirectories(directory.resolve("classes/p"));
        Files.write(inner.resolve("A.class"), new byte[] {1, 2});
        Files.createSymbolicLink(inner.resolve("loop"), directory.resolve("classes"));
        ClassPath path = new ClassPath(directory.resolve("classes").toString());
        assertArrayEquals(new byte[] {1, 2}, path.file("p/A.class"));
        assertEquals(List.of("p/A.class"), path.entries().get(0).names());
    }

    @Test
    void whatIsNoJarIsPassedOver() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.jar"), "no jar");
        Path jar = jar("a.jar", null, "p/A.class");
        ClassPath path = new ClassPath(text + File.pathSeparator + jar);
        assertEquals("a.jarp/A.class", text(path.file("p/A.class")));
    }

    @Test
    void modulePathsHaveModulesOrDirectoriesOfThem() throws IOException {
        Path modules = Files.createDirectory(directory.resolve("modules"));
        Files.move(jar("a.jar", null, "p/A.class"), modules.resolve("a.jar"));
        Path exploded = Files.createDirectories(modules.resolve("m/q")).getParent();
        Files.write(exploded.resolve("module-info.class"), new byte[0]);
        Files.write(exploded.resolve("q/Q.class"), new byte[] {7});
        for (String element :
                List.of(modules.toString(), modules.resolve("a.jar") + ":" + exploded)) {
            ClassPath path = new ClassPath();
            path.addModules(element);
            assertEquals("a.jarp/A.class", text(path.file("p/A.class")));
            assertArrayEquals(new byte[] {7}, path.file("q/Q.class"));
        }
    }
}
