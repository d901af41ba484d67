package io.emucxl.agent.weave;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** A class path: directories and jars, and the jars that those name in their manifests. */
final class ClassPath {

    /** A directory or jar of class files. */
    interface Entry {
        /** The directory or jar. */
        File location();

        /** What people know it by. */
        default String title() {
            return location().getPath();
        }

        /** The file of this name, with slashes, or null. */
        byte[] file(String name) throws IOException;

        /** Hands over every class file. */
        void classFiles(ClassFileVisitor visitor) throws IOException;

        /** The names of all class files, with slashes and {@code .class}. */
        List<String> names() throws IOException;
    }

    /** Takes class files. */
    interface ClassFileVisitor {
        /** Called with the name of the file in its entry, and its content. */
        void visit(String name, byte[] file);
    }

    /**
     * What is opened when it is first needed.
     *
     * @param inside a directory or jar in the file, or null for a directory, or a jar of the usual
     *     form
     */
    private record Pending(File file, String inside) {

        // By hand: those of a record link an invokedynamic, which is slow at the start.

        @Override
        public boolean equals(Object object) {
            return object instanceof Pending that
                    && file.equals(that.file)
                    && Objects.equals(inside, that.inside);
        }

        @Override
        public int hashCode() {
            return file.hashCode() * 31 + Objects.hashCode(inside);
        }
    }

    private final List<Pending> pending = new ArrayList<>();
    private final Set<Pending> known = new HashSet<>();
    private final List<Entry> opened = new ArrayList<>();

    /** The jars that others lie in. */
    private final Map<File, ZipDirectory> outer = new HashMap<>();

    /** A class path without entries. */
    ClassPath() {}

    /**
     * A class path of these files.
     *
     * @param path paths, separated as on the command line
     */
    ClassPath(String path) {
        int from = 0;
        while (from <= path.length()) {
            int to = path.indexOf(File.pathSeparatorChar, from);
            to = to < 0 ? path.length() : to;
            add(new File(path.substring(from, to)).getAbsoluteFile());
            from = to + 1;
        }
    }

    /**
     * Adds the modules of a module path: its elements are modules, or directories of modules.
     *
     * @param path paths, separated as on the command line
     */
    void addModules(String path) {
        StringTokenizer elements = new StringTokenizer(path, File.pathSeparator);
        while (elements.hasMoreTokens()) {
            File element = new File(elements.nextToken()).getAbsoluteFile();
            File[] modules = element.listFiles();
            if (modules == null || new File(element, "module-info.class").isFile()) {
                add(element);
                continue;
            }
            // In whatever order the file system has them, the plan is to be the same.
            Arrays.sort(modules);
            for (File module : modules) {
                add(module);
            }
        }
    }

    /** The file of this name in the first entry that has it, or null. */
    synchronized byte[] file(String name) {
        for (int i = 0; ; i++) {
            Entry entry = entry(i);
            if (entry == null) {
                return null;
            }
            try {
                byte[] file = entry.file(name);
                if (file != null) {
                    return file;
                }
            } catch (IOException e) {
                // As the program's loader does: what cannot be read is not there.
            }
        }
    }

    /** Whether this file is among the entries. */
    synchronized boolean has(File file) {
        for (Entry entry : entries()) {
            if (entry.location().equals(file)) {
                return true;
            }
        }
        return false;
    }

    /** All entries, opened. */
    synchronized List<Entry> entries() {
        int i = 0;
        while (entry(i) != null) {
            i++;
        }
        return opened;
    }

    /** The files and directories of the entries; what lies in a jar is not opened for that. */
    synchronized Set<File> files() {
        while (!allNested()) {
            open(pending.remove(0));
        }
        Set<File> files = new LinkedHashSet<>();
        for (Entry entry : opened) {
            files.add(entry.location());
        }
        for (Pending entry : pending) {
            files.add(entry.file());
        }
        return files;
    }

    /** Whether nothing is pending that may name other jars. */
    private boolean allNested() {
        for (Pending entry : pending) {
            if (entry.inside() == null) {
                return false;
            }
        }
        return true;
    }

    private Entry entry(int index) {
        while (index >= opened.size()) {
            if (pending.isEmpty()) {
                return null;
            }
            open(pending.remove(0));
        }
        return opened.get(index);
    }

    /** Adds an entry. */
    void add(File file) {
        add(file, null);
    }

    /** Adds what lies in a jar of Spring Boot. */
    void add(BootJar jar) throws IOException {
        for (String inside : jar.insides()) {
            add(jar.file(), inside);
        }
    }

    private void add(File file, String inside) {
        Pending entry = new Pending(file, inside);
        if (known.add(entry)) {
            pending.add(entry);
        }
    }

    /** Adds what a class loader of the program looks at; not URLs that lead to no file. */
    void add(URL url) {
        String path = url.getPath();
        try {
            if (url.getProtocol().equals("file")) {
                add(new File(url.toURI()));
            } else if (url.getProtocol().equals("jar") && path.startsWith("nested:")) {
                // Spring Boot from 3.2 on: jar:nested:/app.jar/!BOOT-INF/lib/a.jar!/
                int mark = path.indexOf("/!");
                addNested(URI.create("file:" + path.substring(7, mark)), path.substring(mark + 2));
            } else if (url.getProtocol().equals("jar") && path.startsWith("file:")) {
                // And before: jar:file:/app.jar!/BOOT-INF/lib/a.jar!/
                int mark = path.indexOf("!/");
                addNested(URI.create(path.substring(0, mark)), path.substring(mark + 2));
            }
        } catch (URISyntaxException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // A URL that is no path; its classes are found one by one.
        }
    }

    private void addNested(URI file, String path) {
        String inside = path.endsWith("!/") ? path.substring(0, path.length() - 2) : path;
        add(new File(file), inside);
    }

    private void open(Pending entry) {
        if (entry.inside() == null) {
            open(entry.file());
            return;
        }
        try {
            ZipDirectory zip = outer.get(entry.file());
            if (zip == null) {
                zip = ZipDirectory.open(entry.file());
                outer.put(entry.file(), zip);
            }
            NestedEntry nested = NestedEntry.open(entry.file(), zip, entry.inside());
            if (nested != null) {
                opened.add(nested);
            }
        } catch (IOException e) {
            // The program cannot load from it either.
        }
    }

    private void open(File file) {
        if (file.isDirectory()) {
            opened.add(new DirectoryEntry(file));
            return;
        }
        if (!file.isFile()) {
            return;
        }
        try {
            JarEntry jar = new JarEntry(file);
            opened.add(jar);
            addClassPath(file, jar.manifest());
        } catch (IOException e) {
            // Not a jar: the program's loader skips it, too.
        }
    }

    /** The jars of the manifest come right behind the jar that names them. */
    private void addClassPath(File jar, Manifest manifest) {
        String value =
                manifest == null
                        ? null
                        : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (value == null) {
            return;
        }
        int place = 0;
        StringTokenizer urls = new StringTokenizer(value);
        while (urls.hasMoreTokens()) {
            File file;
            try {
                file = new File(jar.toURI().resolve(urls.nextToken()));
            } catch (IllegalArgumentException e) {
                // Not the URL of a file: nothing that we could read.
                continue;
            }
            Pending named = new Pending(file, null);
            if (known.add(named)) {
                pending.add(place, named);
                place++;
            }
        }
    }
}
