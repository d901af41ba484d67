package io.emucxl.agent.weave;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A directory of the class path. */
final class DirectoryEntry implements ClassPath.Entry {

    private final File directory;

    DirectoryEntry(File directory) {
        this.directory = directory;
    }

    @Override
    public File location() {
        return directory;
    }

    @Override
    public byte[] file(String name) throws IOException {
        File file = new File(directory, name);
        if (!file.isFile()) {
            return null;
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return in.readAllBytes();
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        collect(directory, "", names);
        return names;
    }

    @Override
    public void classFiles(ClassPath.ClassFileVisitor visitor) throws IOException {
        for (String name : names()) {
            visitor.visit(name, file(name));
        }
    }

    private static void collect(File directory, String prefix, List<String> names) {
        String[] children = directory.list();
        if (children == null) {
            return;
        }
        for (String child : children) {
            if (child.endsWith(".class")) {
                names.add(prefix + child);
            } else if (child.indexOf('.') < 0) {
                // A package: no directory with a dot in its name can be one. A link may lead back.
                File inner = new File(directory, child);
                if (!Files.isSymbolicLink(inner.toPath())) {
                    collect(inner, prefix + child + '/', names);
                }
            }
        }
    }
}
