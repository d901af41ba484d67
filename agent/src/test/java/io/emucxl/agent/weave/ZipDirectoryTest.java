package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDirectoryTest {

    @TempDir Path directory;

    /** Names and contents by turns; a name that ends in .jar is stored, the others are deflated. */
    private static byte[] zip(Object... files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setComment("a comment with PK\5\6 in it");
            for (int i = 0; i < files.length; i += 2) {
                String name = (String) files[i];
                byte[] content =
                        files[i + 1] instanceof String text
                                ? text.getBytes(StandardCharsets.UTF_8)
                                : (byte[]) files[i + 1];
                ZipEntry entry = new ZipEntry(name);
                if (name.endsWith(".jar")) {
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    entry.setCrc(crc.getValue());
                }
                out.putNextEntry(entry);
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private Path write(String name, byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return Files.write(directory.resolve(name), all.toByteArray());
    }

    private static long fingerprint(byte[] zip, Path file) throws IOException {
        return Fingerprint.of(Files.write(file, zip).toFile());
    }

    @Test
    void filesOfAZipAndOfOneInItAreRead() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] library = zip("p/B.class", "library", "n.class", noise);
        Path file = write("a.jar", zip("A.class", "first", "lib/b.jar", library, "z", "last"));
        try (ZipDirectory outer = ZipDirectory.open(file.toFile())) {
            assertEquals("first", new String(outer.file("A.class"), StandardCharsets.UTF_8));
            assertNull(outer.file("B.class"));
            ZipDirectory inner = outer.inner("lib/b.jar");
            assertEquals("library", new String(inner.file("p/B.class"), StandardCharsets.UTF_8));
            assertArrayEquals(noise, inner.file("n.class"));
            assertNull(outer.inner("A.class"), "it is compressed");
            assertNull(outer.inner("lib/c.jar"));
            List<String> names = new ArrayList<>();
            outer.names("lib/", ".jar", names);
            assertEquals(List.of("lib/b.jar"), names);
        }
    }

    @Test
    void aScriptMayStandInFront() throws IOException {
        byte[] script = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(StandardCharsets.UTF_8);
        Path file = write("a.jar", script, zip("A.class", "first"));
        try (ZipDirectory zip = ZipDirectory.open(file.toFile())) {
            assertEquals("first", new String(zip.file("A.class"), StandardCharsets.UTF_8));
        }
    }

    @Test
    void moreEntriesThanTheOldFormatCounts() throws IOException {
        Object[] files = new Object[2 * 66_000];
        for (int i = 0; i < files.length; i += 2) {
            files[i] = "C" + i + ".class";
            files[i + 1] = "";
        }
        files[files.length - 1] = "last";
        Path file = write("a.jar", zip(files));
        try (ZipDirectory zip = ZipDirectory.open(file.toFile())) {
            String last = files[files.length - 2].toString();
            assertEquals("last", new String(zip.file(last), StandardCharsets.UTF_8));
            assertEquals(66_000, zip.fingerprint() >>> 32);
        }
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] zip = zip("A.class", "first");
        File text = write("t.jar", "no zip".getBytes(StandardCharsets.UTF_8)).toFile();
        assertThrows(IOException.class, () -> ZipDirectory.open(text));
        byte[] wild = zip.clone();
        // The size of the directory, 12 bytes into its end; the comment is behind it.
        int end = zip.length - "a comment with PK\5\6 in it".length() - 22;
        wild[end + 15] = 0x7F;
        File damaged = write("d.jar", wild).toFile();
        assertThrows(IOException.class, () -> ZipDirectory.open(damaged));
        File empty = write("e.jar").toFile();
        assertThrows(IOException.class, () -> ZipDirectory.open(empty));
    }

    @Test
    void theFingerprintChangesWithClassesAndInnerJars() throws IOException {
        Path file = directory.resolve("a.jar");
        byte[] library = zip("p/B.class", "library");
        long before = fingerprint(zip("A.class", "first", "lib/b.jar", library, "n", "x"), file);
        assertEquals(
                before,
                fingerprint(zip("A.class", "first", "lib/b.jar", library, "n", "y"), file),
                "notes are no classes");
        assertNotEquals(before, fingerprint(zip("A.class", "First", "lib/b.jar", library), file));
        assertNotEquals(before, fingerprint(zip("B.class", "first", "lib/b.jar", library), file));
        byte[] other = zip("p/B.class", "librarY");
        assertNotEquals(before, fingerprint(zip("A.class", "first", "lib/b.jar", other), file));
    }

    @Test
    void theFingerprintOfADirectoryIsThatOfItsClasses() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes/p"));
        Files.writeString(classes.resolve("A.class"), "a");
        long before = Fingerprint.of(classes.getParent().toFile());
        Files.writeString(classes.resolve("notes"), "x");
        assertEquals(before, Fingerprint.of(classes.getParent().toFile()));
        Files.writeString(classes.resolve("A.class"), "b");
        assertNotEquals(before, Fingerprint.of(classes.getParent().toFile()));
    }

    @Test
    void urlsOfSpringBootLeadIntoItsJar() throws IOException {
        byte[] library = zip("p/B.class", "library");
        Path file = write("a b.jar", zip("in/A.class", "first", "lib/b.jar", library));
        String uri = file.toUri().toString();
        for (String url :
                List.of(
                        "jar:" + uri.replace("file:", "nested:") + "/!lib/b.jar!/",
                        "jar:" + uri + "!/lib/b.jar!/")) {
            ClassPath path = new ClassPath();
            path.add(url(url));
            path.add(url(url.replace("lib/b.jar", "in/")));
            path.add(url(url.replace("lib/b.jar", "gone.jar")));
            assertEquals("library", new String(path.file("p/B.class"), StandardCharsets.UTF_8));
            assertEquals("first", new String(path.file("A.class"), StandardCharsets.UTF_8));
            assertEquals(file + "!/lib/b.jar", path.entries().get(0).title());
            assertEquals(2, path.entries().size());
        }
    }

    /** The JDK has no handler for nested:, and the JVM's jar: looks at what follows. */
    private static URL url(String text) throws IOException {
        return new URL(
                null,
                text,
                new java.net.URLStreamHandler() {
                    @Override
                    protected java.net.URLConnection openConnection(URL url) throws IOException {
                        throw new IOException("not to be opened");
                    }
                });
    }
}
