package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.JdkClasses;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import io.emucxl.agent.analysis.World;
import io.emucxl.policies.file.PolicyFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of some jars and directories, for an analysis ahead of time. Not thread-safe. */
public final class JarWorld implements World {

    private static final String CLASS = ".class";

    private final ClassPath path = new ClassPath();

    /** What was asked about, by the title that people know it by. */
    private final Map<String, ClassPath.Entry> entries = new LinkedHashMap<>();

    private final boolean boot;
    private final ClassIndex index;

    /** What an analysis looked at, with the fingerprints. */
    private final Map<String, Long> looked = new HashMap<>();

    /**
     * The world of these jars and directories, and of the jars that their manifests name. Of a jar
     * of Spring Boot it has what lies in it.
     *
     * @param files the jars and directories; together they are the class path
     * @param progress is told the title of each that is read
     * @throws IOException when one of them is neither
     */
    public JarWorld(List<Path> files, Consumer<String> progress) throws IOException {
        boolean anyBoot = false;
        for (Path file : files) {
            anyBoot |= add(file);
        }
        boot = anyBoot && files.size() == 1;
        index = ClassIndex.of(path.entries(), progress);
    }

    /**
     * The world of what a program had on its class path, without what has nothing to look at.
     *
     * @param progress is told the title of each that is read
     * @throws IOException when one cannot be read
     */
    public static JarWorld ofWhatIsThere(List<Path> files, Consumer<String> progress)
            throws IOException {
        List<Path> some = new ArrayList<>();
        for (Path file : files) {
            ClassPath path = new ClassPath(file.toString());
            for (ClassPath.Entry entry : path.entries()) {
                if (!entry.names().isEmpty()) {
                    some.add(entry.location().toPath());
                }
            }
        }
        return new JarWorld(new ArrayList<>(new LinkedHashSet<>(some)), progress);
    }

    /** Whether it was a jar of Spring Boot. */
    private boolean add(Path file) throws IOException {
        File absolute = file.toFile().getAbsoluteFile();
        if (!absolute.exists()) {
            throw new IOException(file + ": there is no such file");
        }
        int before = path.entries().size();
        try (BootJar jar = BootJar.open(absolute)) {
            if (jar != null) {
                path.add(jar);
            } else {
                path.add(absolute);
            }
            List<ClassPath.Entry> all = path.entries();
            if (all.size() == before && !path.has(absolute)) {
                throw new IOException(file + ": no jar, and no directory of classes");
            }
            // One may be there already: a jar that the manifest of another names.
            for (ClassPath.Entry entry : all) {
                if (entry.location().equals(absolute)) {
                    String inside = entry.title().substring(absolute.getPath().length());
                    entries.put(file + inside, entry);
                }
            }
            if (absolute.isDirectory() && entries.get(file.toString()).names().isEmpty()) {
                throw new IOException(file + ": no class file in this directory");
            }
            return jar != null;
        }
    }

    /** The jars and directories, and what lies in jars of Spring Boot, in their order. */
    public List<String> titles() {
        return List.copyOf(entries.keySet());
    }

    /** How many jars and directories there are, with those that manifests name. */
    public int size() {
        return path.entries().size();
    }

    /** The instance fields of primitive array type in this jar, of any number of dimensions. */
    public List<FieldId> arrayFields(String title) throws IOException {
        return arrayFields(title, false);
    }

    /** The fields in this jar that can be targets, also static ones. */
    public List<FieldId> eligibleFields(String title) throws IOException {
        List<FieldId> fields = arrayFields(title, true);
        fields.removeIf(field -> !isEligible(field.descriptor()));
        return fields;
    }

    private List<FieldId> arrayFields(String title, boolean statics) throws IOException {
        List<FieldId> fields = new ArrayList<>();
        for (byte[] classFile : classFiles(title)) {
            ConstantPool pool = ConstantPool.read(classFile);
            if (pool != null && pool.hasPrimitiveArrays()) {
                collect(classFile, statics, fields);
            }
        }
        return fields;
    }

    private static void collect(byte[] classFile, boolean statics, List<FieldId> fields) {
        ClassReader reader = new ClassReader(classFile);
        String owner = reader.getClassName();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String type, String signature, Object value) {
                        int dimensions = type.lastIndexOf('[') + 1;
                        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
                        if ((statics || !isStatic)
                                && dimensions > 0
                                && type.length() == dimensions + 1) {
                            fields.add(new FieldId(owner, name, type));
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** The fields in this jar that {@code @RemoteTier} or the policy file names. */
    public TargetFinder.Found targets(String title, PolicyFile policy, String policyName)
            throws IOException {
        TargetFinder finder = new TargetFinder(policy, policyName);
        TargetFinder.Found found = new TargetFinder.Found();
        for (byte[] classFile : classFiles(title)) {
            ConstantPool pool = ConstantPool.read(classFile);
            if (pool != null && finder.mayHaveTargets(pool.className(), pool)) {
                finder.find(classFile, found);
            }
        }
        return found;
    }

    /** The class files of the jar itself, without those that its manifest names. */
    private List<byte[]> classFiles(String title) throws IOException {
        List<byte[]> files = new ArrayList<>();
        entries.get(title).classFiles((name, content) -> files.add(content));
        return files;
    }

    /**
     * Stores a plan that was made for this world.
     *
     * @param targets what the plan was made for
     * @param impossible what was refused without asking for a plan
     * @throws IOException when the file cannot be written
     */
    public void store(
            Plan plan, List<Target> targets, List<Refusal> impossible, PolicyFile policy, Path file)
            throws IOException {
        // Before the code is made, which looks at classes that decide nothing.
        Map<String, Long> decisive = Map.copyOf(looked);
        Plan indexed = StoredPlan.indexed(plan, targets);
        CodeToStore code = CodeToStore.of(this, path.entries(), indexed, targets.size());
        StoredPlan stored =
                new StoredPlan(
                        BuildVersion.build(),
                        Runtime.version().feature(),
                        boot,
                        StoredPlan.files(path),
                        StoredPlan.asked(policy),
                        decisive,
                        fields(targets),
                        impossible,
                        indexed,
                        code.places(),
                        code.known());
        PlanFile.write(stored, code.bytes(), file.toFile());
    }

    private static List<FieldId> fields(List<Target> targets) {
        List<FieldId> fields = new ArrayList<>();
        for (Target target : targets) {
            fields.add(target.field());
        }
        return fields;
    }

    /** Whether a field of this type can be a target. */
    public static boolean isEligible(String descriptor) {
        return TargetFinder.isEligible(descriptor);
    }

    @Override
    public byte[] classFile(String internalName) {
        byte[] file = path.file(internalName + CLASS);
        if (file != null && !looked.containsKey(internalName)) {
            looked.put(internalName, Fingerprint.of(file));
        }
        return file;
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
        return JdkClasses.has(internalName) ? "it is a class of the JDK" : null;
    }
}
