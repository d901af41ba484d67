package io.emucxl.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * A jar inside of a jar, or a directory inside of one. In a multi-release jar the files for this
 * JVM's version count.
 */
final class NestedEntry implements ClassPath.Entry {

    private static final String CLASS = ".class";
    private static final String VERSIONS = "META-INF/versions/";
    private static final int FIRST_RELEASE = 9;

    private final File outer;
    private final String inside;
    private final ZipDirectory zip;

    /** The directory, with a slash at its end; empty for all of the zip. */
    private final String prefix;

    private final boolean releases;

    private NestedEntry(File outer, String inside, ZipDirectory zip, String prefix)
            throws IOException {
        this.outer = outer;
        this.inside = inside;
        this.zip = zip;
        this.prefix = prefix;
        releases = prefix.isEmpty() && isMultiRelease(zip);
    }

    /**
     * What lies in a jar.
     *
     * @param file the jar
     * @param zip its directory
     * @param inside the name of a directory in it, with a slash at the end, or of a jar in it;
     *     empty for the jar itself
     * @return null when that jar is not there, or is compressed
     */
    static NestedEntry open(File file, ZipDirectory zip, String inside) throws IOException {
        if (!inside.endsWith(".jar")) {
            String slash = inside.isEmpty() || inside.endsWith("/") ? "" : "/";
            return new NestedEntry(file, inside, zip, inside + slash);
        }
        ZipDirectory inner = zip.inner(inside);
        return inner == null ? null : new NestedEntry(file, inside, inner, "");
    }

    private static boolean isMultiRelease(ZipDirectory zip) throws IOException {
        byte[] file = zip.file("META-INF/MANIFEST.MF");
        if (file == null) {
            return false;
        }
        Manifest manifest = new Manifest(new ByteArrayInputStream(file));
        String value = manifest.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE);
        return "true".equalsIgnoreCase(value);
    }

    @Override
    public File location() {
        return outer;
    }

    @Override
    public String title() {
        return inside.isEmpty() ? outer.getPath() : outer + "!/" + inside;
    }

    @Override
    public byte[] file(String name) throws IOException {
        for (int i = releases ? Runtime.version().feature() : 0; i >= FIRST_RELEASE; i--) {
            byte[] file = zip.file(VERSIONS + i + '/' + name);
            if (file != null) {
                return file;
            }
        }
        return zip.file(prefix + name);
    }

    @Override
    public List<String> names() {
        List<String> all = new ArrayList<>();
        zip.names(prefix, CLASS, all);
        List<String> names = new ArrayList<>(all.size());
        for (String name : all) {
            if (!name.startsWith("META-INF/")) {
                names.add(name.substring(prefix.length()));
            }
        }
        return names;
    }

    @Override
    public void classFiles(ClassPath.ClassFileVisitor visitor) throws IOException {
        for (String name : names()) {
            visitor.visit(name, file(name));
        }
    }
}
