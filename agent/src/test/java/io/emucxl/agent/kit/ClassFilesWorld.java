package io.emucxl.agent.kit;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Target;
import io.emucxl.agent.analysis.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A world of class files that are in memory. */
public final class ClassFilesWorld implements World {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Set<String>> mentions = new HashMap<>();
    private final Map<String, Set<String>> subtypes = new HashMap<>();
    private final Set<String> fixed = new HashSet<>();

    /**
     * @param classFiles the class files, in any order
     */
    public ClassFilesWorld(Collection<byte[]> classFiles) {
        for (byte[] b : classFiles) {
            add(b);
        }
    }

    /** The classes of a directory or jar. */
    public static ClassFilesWorld of(Path place) {
        List<byte[]> all = new ArrayList<>();
        try {
            if (Files.isDirectory(place)) {
                try (Stream<Path> paths = Files.walk(place)) {
                    for (Path p : (Iterable<Path>) paths::iterator) {
                        if (p.toString().endsWith(".class")) {
                            all.add(Files.readAllBytes(p));
                        }
                    }
                }
            } else {
                try (JarFile jar = new JarFile(place.toFile())) {
                    for (JarEntry e : (Iterable<JarEntry>) jar.stream()::iterator) {
                        if (e.getName().endsWith(".class")
                                && !e.getName().startsWith("META-INF/")
                                && !e.getName().equals("module-info.class")) {
                            all.add(jar.getInputStream(e).readAllBytes());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClassFilesWorld(all);
    }

    private void add(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        String name = reader.getClassName();
        files.put(name, classFile);
        List<String> parents = new ArrayList<>(List.of(reader.getInterfaces()));
        if (reader.getSuperName() != null) {
            parents.add(reader.getSuperName());
        }
        for (String p : parents) {
            subtypes.computeIfAbsent(p, k -> new LinkedHashSet<>()).add(name);
        }

        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at > 0) {
                int tag = classFile[at - 1];
                if (tag == 12) {
                    String member =
                            reader.readUTF8(at, buffer) + ' ' + reader.readUTF8(at + 2, buffer);
                    mentions.computeIfAbsent(member, k -> new LinkedHashSet<>()).add(name);
                }
            }
        }
    }

    /** Whether every class is one of these, or nested in one. */
    boolean nestedIn(Collection<String> names) {
        for (String c : files.keySet()) {
            int nested = c.indexOf('$');
            if (!names.contains(
                    c.substring(0, nested < 0 ? c.length() : nested).replace('/', '.'))) {
                return false;
            }
        }
        return true;
    }

    /** The world of this class and those nested in it alone. */
    ClassFilesWorld only(String name) {
        String internal = name.replace('.', '/');
        List<byte[]> some = new ArrayList<>();
        files.forEach(
                (c, file) -> {
                    if (c.equals(internal) || c.startsWith(internal + '$')) {
                        some.add(file);
                    }
                });
        return new ClassFilesWorld(some);
    }

    /** Declares a class that cannot be rewritten. */
    public ClassFilesWorld fix(String internalName) {
        fixed.add(internalName);
        return this;
    }

    /** The internal names of all classes, sorted. */
    public Set<String> classes() {
        return files.keySet();
    }

    /** Every field whose type is an array of primitives, as a target. */
    public List<Target> allTargets(boolean instanceOnly) {
        List<Target> all = new ArrayList<>();
        for (byte[] b : files.values()) {
            new ClassReader(b)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                private String owner;

                                @Override
                                public void visit(
                                        int version,
                                        int access,
                                        String name,
                                        String signature,
                                        String superName,
                                        String[] interfaces) {
                                    owner = name;
                                }

                                @Override
                                public FieldVisitor visitField(
                                        int access, String name, String desc, String s, Object v) {
                                    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
                                    if (desc.matches("\\[+[ZBCSIJFD]")
                                            && !(isStatic && instanceOnly)) {
                                        all.add(
                                                new Target(
                                                        new FieldId(owner, name, desc),
                                                        all.size(),
                                                        "test"));
                                    }
                                    return null;
                                }

                                @Override
                                public MethodVisitor visitMethod(
                                        int a, String n, String d, String s, String[] e) {
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        }
        return all;
    }

    @Override
    public byte[] classFile(String internalName) {
        return files.get(internalName);
    }

    @Override
    public Collection<String> mentioning(String memberName, String descriptor) {
        return mentions.getOrDefault(memberName + ' ' + descriptor, Set.of());
    }

    @Override
    public Collection<String> subtypes(String internalName) {
        return subtypes.getOrDefault(internalName, Set.of());
    }

    @Override
    public String fixed(String internalName) {
        if (fixed.contains(internalName)) {
            return "it is fixed";
        }
        return files.containsKey(internalName) ? null : "it is a class of the JDK";
    }
}
