package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.JdkClasses;
import io.emucxl.agent.analysis.World;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The classes that a class loader of the program defines. Not thread-safe. */
final class LoaderWorld implements World {

    private static final String CLASS = ".class";

    /** Weak: it holds this world, and must be able to go. Null before there is one. */
    private WeakReference<ClassLoader> loader;

    /** Where the classes come from, as far as that can be seen. */
    private final ClassPath path;

    /** Whether {@link #path} is all that the loader looks at. */
    private final boolean complete;

    /** Classes that are defined, or about to be, without the changes of a plan yet to be made. */
    private final Set<String> defined = new HashSet<>();

    private ClassIndex index;
    private String currentName;
    private byte[] currentFile;

    private Serialization serialization;

    private LoaderWorld(ClassLoader loader, ClassPath path, boolean complete) {
        bind(loader);
        this.path = path;
        this.complete = complete;
    }

    /** The world of this loader. */
    static LoaderWorld of(ClassLoader loader) {
        if (loader == ClassLoader.getSystemClassLoader()) {
            return new LoaderWorld(loader, startPath(), true);
        }
        return new LoaderWorld(loader, urls(loader), false);
    }

    /** What the program was started with: a class path, a module path, or both. */
    private static ClassPath startPath() {
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path", "");
        // An empty class path is the current directory, but not for a program that is a module.
        ClassPath path =
                classes.isEmpty() && modules != null ? new ClassPath() : new ClassPath(classes);
        if (modules != null) {
            path.addModules(modules);
        }
        return path;
    }

    private static ClassPath urls(ClassLoader loader) {
        ClassPath path = new ClassPath();
        if (loader instanceof URLClassLoader urlLoader) {
            for (URL url : urlLoader.getURLs()) {
                path.add(url);
            }
        }
        return path;
    }

    /**
     * The world of the loader that a jar of Spring Boot will make for what lies in it.
     *
     * @throws IOException when the jar cannot be read
     */
    static LoaderWorld of(BootJar jar) throws IOException {
        ClassPath path = new ClassPath();
        path.add(jar);
        return new LoaderWorld(null, path, true);
    }

    /** From now on this is the world of a loader that did not exist before. */
    void bind(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    /** Where the classes come from. */
    ClassPath path() {
        return path;
    }

    /** Lets fields of serialized forms be placed as far as the JVM can be told of them. */
    void use(Serialization told) {
        serialization = told;
    }

    /** The class that is being defined: its file may not be the one that the loader finds. */
    void current(String internalName, byte[] file) {
        currentName = internalName;
        currentFile = file;
    }

    /** From now on this class is fixed. */
    void define(String internalName) {
        defined.add(internalName);
    }

    /** Whether this class is defined, or about to be. */
    boolean isDefined(String internalName) {
        return defined.contains(internalName);
    }

    @Override
    public byte[] classFile(String internalName) {
        if (internalName.equals(currentName)) {
            return currentFile;
        }
        byte[] file = path.file(internalName + CLASS);
        return file != null || complete ? file : resource(internalName);
    }

    private byte[] resource(String internalName) {
        ClassLoader from = loader.get();
        if (from == null) {
            return null;
        }
        try (InputStream in = from.getResourceAsStream(internalName + CLASS)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException e) {
            // A loader of the program's own, which cannot or does not want to.
            return null;
        }
    }

    @Override
    public Collection<String> mentioning(String memberName, String descriptor) {
        return index().mentioning(memberName, descriptor);
    }

    @Override
    public Collection<String> subtypes(String internalName) {
        return index().subtypes(internalName);
    }

    private ClassIndex index() {
        if (index == null) {
            index = ClassIndex.of(path.entries());
        }
        return index;
    }

    /** The names of all classes on the path, with slashes and {@code .class}. */
    List<String> fileNames() {
        List<String> names = new ArrayList<>();
        for (ClassPath.Entry entry : path.entries()) {
            try {
                names.addAll(entry.names());
            } catch (IOException e) {
                // The program cannot load from it either.
            }
        }
        return names;
    }

    @Override
    public String fixed(String internalName) {
        if (JdkClasses.has(internalName)) {
            return "it is a class of the JDK";
        }
        if (isDefined(internalName)) {
            return "it is loaded already";
        }
        return isInherited(internalName) ? "another class loader defines it" : null;
    }

    @Override
    public String serialTrouble() {
        return serialization == null ? null : serialization.trouble();
    }

    /** Whether a loader above this one defines the class. */
    boolean isInherited(String internalName) {
        if (complete || internalName.equals(currentName)) {
            return false;
        }
        ClassLoader from = loader.get();
        ClassLoader parent = from == null ? null : from.getParent();
        return parent != null
                && path.file(internalName + CLASS) == null
                && parent.getResource(internalName + CLASS) != null;
    }
}
