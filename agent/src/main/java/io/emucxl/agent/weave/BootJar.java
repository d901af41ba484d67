package io.emucxl.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * An executable jar or war of Spring Boot: its classes lie in a directory of it, its libraries in
 * jars in it. A class loader of Spring Boot's defines them.
 */
final class BootJar implements Closeable {

    /** Where the classes are that open the jar, and what they begin with. */
    static final String LOADER = "org/springframework/boot/loader/";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Attributes.Name CLASSES = new Attributes.Name("Spring-Boot-Classes");
    private static final Attributes.Name LIBRARIES = new Attributes.Name("Spring-Boot-Lib");
    private static final Attributes.Name INDEX = new Attributes.Name("Spring-Boot-Classpath-Index");

    private final File file;
    private final ZipDirectory zip;
    private final Attributes manifest;

    private BootJar(File file, ZipDirectory zip, Attributes manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** The jar that this program was started from, or null when that is none of Spring Boot. */
    static BootJar started() {
        String path = System.getProperty("java.class.path", "");
        boolean single = !path.isEmpty() && path.indexOf(File.pathSeparatorChar) < 0;
        return single && System.getProperty("jdk.module.path") == null
                ? open(new File(path).getAbsoluteFile())
                : null;
    }

    /** Whether this loader defines what lies in a jar of Spring Boot. */
    static boolean isLoader(ClassLoader loader) {
        return loader instanceof URLClassLoader
                && loader.getClass().getName().startsWith("org.springframework.boot.loader.");
    }

    /** Opens a jar; null when it is no jar of Spring Boot. */
    static BootJar open(File file) {
        if (!file.isFile()) {
            return null;
        }
        try {
            ZipDirectory zip = ZipDirectory.open(file);
            byte[] text = zip.file(MANIFEST);
            if (text != null) {
                Manifest manifest = new Manifest(new ByteArrayInputStream(text));
                Attributes main = manifest.getMainAttributes();
                if (main.containsKey(CLASSES) && main.containsKey(LIBRARIES)) {
                    return new BootJar(file, zip, main);
                }
            }
            zip.close();
        } catch (IOException e) {
            // No jar: others say so.
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The file. */
    File file() {
        return file;
    }

    /** Where its classes are, then its libraries, in the order in which they are searched. */
    List<String> insides() throws IOException {
        List<String> insides = new ArrayList<>();
        insides.add(manifest.getValue(CLASSES));
        insides.addAll(libraries());
        return insides;
    }

    /** Those of the index first, in its order, and then the others. */
    private List<String> libraries() throws IOException {
        List<String> there = new ArrayList<>();
        zip.names(manifest.getValue(LIBRARIES), ".jar", there);
        List<String> ordered = new ArrayList<>();
        String index = manifest.getValue(INDEX);
        byte[] list = index == null ? null : zip.file(index);
        if (list != null) {
            // A list in YAML: - "BOOT-INF/lib/a.jar"
            String text = new String(list, StandardCharsets.UTF_8);
            StringTokenizer lines = new StringTokenizer(text, "\n");
            while (lines.hasMoreTokens()) {
                String line = lines.nextToken();
                int from = line.indexOf('"');
                int to = line.lastIndexOf('"');
                String name = to > from ? line.substring(from + 1, to) : "";
                if (there.remove(name)) {
                    ordered.add(name);
                }
            }
        }
        ordered.addAll(there);
        return ordered;
    }
}
