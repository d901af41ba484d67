package io.emucxl.agent.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * A fault in the product.
 *
 * @param fault what goes wrong, as a clause
 * @param classes internal names of the classes that have it
 * @param edit how it gets in
 */
record Mutant(String fault, List<String> classes, Consumer<ClassNode> edit) {
    /** The part of a directory that is to stand in front of the runtime on the boot path. */
    static Path boot(Path directory) {
        return directory.resolve("boot");
    }

    /** The part of a directory that is to stand in front of the analysis on the class path. */
    static Path analysis(Path directory) {
        return directory.resolve("analysis");
    }

    /** Writes the faulty classes to a directory. */
    void write(Path directory) throws IOException {
        for (String name : classes) {
            ClassNode node = new ClassNode();
            try (InputStream in =
                    Mutant.class.getClassLoader().getResourceAsStream(name + ".class")) {
                new ClassReader(in).accept(node, 0);
            }
            edit.accept(node);
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            boolean boots = name.startsWith(Mutants.RUNTIME);
            Path part = boots ? boot(directory) : analysis(directory);
            Path file = part.resolve(name + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, writer.toByteArray());
        }
    }

    @Override
    public String toString() {
        return fault;
    }
}
