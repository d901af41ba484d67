package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.World;
import io.emucxl.policies.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of some jars and directories, for an analysis ahead of time. Not thread-safe. */
public final class JarWorld implements World {

    private static final String CLASS = ".class";

    /** By jar or directory, in the order in which they were named. */
    private final Map<Path, ClassPath> paths = new LinkedHashMap<>();

    private final ClassIndex index;

    /**
     * The world of these jars and directories, and of the jars that their manifests name.
     *
     * @throws IOException when one of them is neither
     */
    public JarWorld(List<Path> files) throws IOException {
        List<ClassPath.Entry> entries = new ArrayList<>();
        for (Path file : files) {
            ClassPath path = new ClassPath(file.toString());
            if (path.entries().isEmpty()) {
                throw new IOException(file + " is no jar and no directory of classes");
            }
            paths.put(file, path);
            entries.addAll(path.entries());
        }
        index = ClassIndex.of(entries);
    }

    /** The instance fields of primitive array type in this jar, of any number of dimensions. */
    public List<FieldId> arrayFields(Path file) throws IOException {
        List<FieldId> fields = new ArrayList<>();
        for (byte[] classFile : classFiles(file)) {
            ConstantPool pool = ConstantPool.read(classFile);
            if (pool != null && pool.hasPrimitiveArrays()) {
                collect(classFile, fields);
            }
        }
        return fields;
    }

    private static void collect(byte[] classFile, List<FieldId> fields) {
        ClassReader reader = new ClassReader(classFile);
        String owner = reader.getClassName();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String type, String signature, Object value) {
                        int dimensions = type.lastIndexOf('[') + 1;
                        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
                        if (!isStatic && dimensions > 0 && type.length() == dimensions + 1) {
                            fields.add(new FieldId(owner, name, type));
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** The fields in this jar that {@code @RemoteTier} or the policy file names. */
    public TargetFinder.Found targets(Path file, PolicyFile policy, String policyName)
            throws IOException {
        TargetFinder finder = new TargetFinder(policy, policyName);
        TargetFinder.Found found = new TargetFinder.Found();
        for (byte[] classFile : classFiles(file)) {
            ConstantPool pool = ConstantPool.read(classFile);
            if (pool != null && finder.mayHaveTargets(pool.className(), pool)) {
                finder.find(classFile, found);
            }
        }
        return found;
    }

    /** The class files of the jar itself, without those that its manifest names. */
    private List<byte[]> classFiles(Path file) throws IOException {
        List<byte[]> files = new ArrayList<>();
        paths.get(file).entries().get(0).classFiles((name, content) -> files.add(content));
        return files;
    }

    /** Whether a field of this type can be a target. */
    public static boolean isEligible(String descriptor) {
        return TargetFinder.isEligible(descriptor);
    }

    @Override
    public byte[] classFile(String internalName) {
        for (ClassPath path : paths.values()) {
            byte[] file = path.file(internalName + CLASS);
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    @Override
    public Collection<String> mentioning(String memberName, String descriptor) {
        return index.mentioning(memberName, descriptor);
    }

    @Override
    public Collection<String> subtypes(String internalName) {
        return index.subtypes(internalName);
    }

    @Override
    public String fixed(String internalName) {
        return internalName.startsWith("java/") || internalName.startsWith("jdk/")
                ? "it is a class of the JDK"
                : null;
    }
}
