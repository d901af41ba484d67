package io.emucxl.agent.weave;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** A class path: directories and jars, and the jars that those name in their manifests. */
final class ClassPath {

    /** A directory or jar of class files. */
    interface Entry {
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

    private final List<File> pending = new ArrayList<>();
    private final Set<File> known = new HashSet<>();
    private final List<Entry> opened = new ArrayList<>();

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

    /** All entries, opened. */
    synchronized List<Entry> entries() {
        int i = 0;
        while (entry(i) != null) {
            i++;
        }
        return opened;
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
        if (known.add(file)) {
            pending.add(file);
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
            if (known.add(file)) {
                pending.add(place, file);
                place++;
            }
        }
    }
}
