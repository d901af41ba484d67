package io.emucxl.agent.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar of the class path. In a multi-release jar the files for this JVM's version count. */
final class JarEntry implements ClassPath.Entry {

    private final File file;
    private final JarFile jar;

    JarEntry(File file) throws IOException {
        this.file = file;
        jar = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version());
    }

    Manifest manifest() throws IOException {
        return jar.getManifest();
    }

    @Override
    public File location() {
        return file;
    }

    @Override
    public byte[] file(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                names.add(name);
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
