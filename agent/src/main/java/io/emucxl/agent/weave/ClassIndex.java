package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Proxies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which classes of a class path mention a member, and which extend a class. Made by scanning every
 * constant pool once; only members with a primitive array in their descriptor are kept, and the
 * method that makes proxies.
 */
final class ClassIndex implements ClassPath.ClassFileVisitor {

    private final Map<String, List<String>> mentioning = new HashMap<>();
    private final Map<String, List<String>> subtypes = new HashMap<>();

    private ClassIndex() {}

    /** Scans these entries. Class files that cannot be read are left out. */
    static ClassIndex of(List<ClassPath.Entry> entries) {
        return of(entries, null);
    }

    /**
     * Scans these entries.
     *
     * @param progress is told the title of each; may be null
     */
    static ClassIndex of(List<ClassPath.Entry> entries, Consumer<String> progress) {
        ClassIndex index = new ClassIndex();
        for (ClassPath.Entry entry : entries) {
            if (progress != null) {
                progress.accept(entry.title());
            }
            try {
                entry.classFiles(index);
            } catch (IOException e) {
                // The program cannot load from it either.
            }
        }
        return index;
    }

    @Override
    public void visit(String name, byte[] file) {
        try {
            ConstantPool pool = file == null ? null : ConstantPool.read(file);
            if (pool != null) {
                add(pool);
            }
        } catch (RuntimeException e) {
            // Malformed: it can neither be loaded nor mention anything.
        }
    }

    private void add(ConstantPool pool) {
        String name = pool.className();
        for (String parent : pool.parents()) {
            if (!parent.startsWith("java/")) {
                add(subtypes, parent, name);
            }
        }
        for (ConstantPool.Member member : pool.arrayMembers()) {
            add(mentioning, member.name() + member.descriptor(), name);
        }
        if (pool.has(Proxies.MAKER)) {
            add(mentioning, Proxies.MAKER + Proxies.MAKER_DESCRIPTOR, name);
        }
    }

    private static void add(Map<String, List<String>> lists, String key, String name) {
        List<String> names = lists.get(key);
        if (names == null) {
            names = new ArrayList<>();
            lists.put(key, names);
        }
        if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
            names.add(name);
        }
    }

    /** Internal names of the classes that mention a member of this name and descriptor. */
    List<String> mentioning(String memberName, String descriptor) {
        return mentioning.getOrDefault(memberName + descriptor, List.of());
    }

    /** Internal names of the classes that extend or implement this one directly. */
    List<String> subtypes(String internalName) {
        return subtypes.getOrDefault(internalName, List.of());
    }
}
