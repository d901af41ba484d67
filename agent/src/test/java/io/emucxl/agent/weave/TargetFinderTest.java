package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.analysis.Target;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.policies.file.PolicyFileParser;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

class TargetFinderTest {

    private static final String ANNOTATION = "Lio/emucxl/runtime/RemoteTier;";

    private static TargetFinder finder(String targets) throws PolicyFileException {
        String text = "version: 1\n" + (targets.isEmpty() ? "" : "targets:\n" + targets);
        PolicyFile policy = PolicyFileParser.parse("p.yaml", text, new Properties());
        return new TargetFinder(policy, "p.yaml");
    }

    private static byte[] classFile(boolean annotatedClass, String annotatedField) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "com/acme/Index", null, "java/lang/Object", null);
        if (annotatedClass) {
            writer.visitAnnotation(ANNOTATION, false).visitEnd();
        }
        String[][] fields = {
            {"keys", "[J"},
            {"rows", "[[D"},
            {"deep", "[[[I"},
            {"names", "[Ljava/lang/String;"},
            {"size", "I"}
        };
        for (String[] f : fields) {
            FieldVisitor field = writer.visitField(0, f[0], f[1], null, null);
            if (f[0].equals(annotatedField)) {
                field.visitAnnotation(ANNOTATION, false).visitEnd();
            }
        }
        return writer.toByteArray();
    }

    private static Set<String> targets(TargetFinder finder, byte[] file) {
        TargetFinder.Found found = new TargetFinder.Found();
        finder.find(file, found);
        Set<String> names = new TreeSet<>();
        for (Target target : found.targets) {
            names.add(target.field().name() + " " + target.origin());
        }
        found.refused.forEach(refusal -> names.add("!" + refusal.field().name()));
        return names;
    }

    @Test
    void anAnnotatedClassMeansItsEligibleFields() throws PolicyFileException {
        assertEquals(
                Set.of("keys @RemoteTier", "rows @RemoteTier"),
                targets(finder(""), classFile(true, "")));
    }

    @Test
    void anAnnotatedFieldMeansItself() throws PolicyFileException {
        assertEquals(Set.of("rows @RemoteTier"), targets(finder(""), classFile(false, "rows")));
    }

    @Test
    void anAnnotatedFieldOfAnotherTypeIsRefused() throws PolicyFileException {
        assertEquals(Set.of("!names"), targets(finder(""), classFile(false, "names")));
        assertEquals(Set.of("!deep"), targets(finder(""), classFile(false, "deep")));
    }

    @Test
    void thePolicyFileNamesFields() throws PolicyFileException {
        assertEquals(
                Set.of("keys p.yaml:3:5"),
                targets(finder("  - field: com.acme.Index.keys\n"), classFile(false, "")));
        assertEquals(
                Set.of("!size"),
                targets(finder("  - field: com.acme.Index.size\n"), classFile(false, "")));
        assertEquals(
                Set.of("keys p.yaml:3:5", "rows p.yaml:3:5"),
                targets(finder("  - fields: com.acme.**\n"), classFile(false, "")));
    }

    @Test
    void onlyClassesThatMayHaveTargetsAreLookedAt() throws PolicyFileException {
        ConstantPool plain = ConstantPool.read(classFile(false, ""));
        assertFalse(finder("").mayHaveTargets("com/acme/Index", plain));
        assertTrue(finder("").mayHaveTargets("X", ConstantPool.read(classFile(true, ""))));
        TargetFinder named = finder("  - field: com.acme.Index.keys\n");
        assertTrue(named.mayHaveTargets("com/acme/Index", plain));
        assertFalse(named.mayHaveTargets("com/acme/Index2", plain));
        assertFalse(named.mayHaveTargets("com/acme", plain));
        TargetFinder pattern = finder("  - fields: com.acme.**\n");
        assertTrue(pattern.mayHaveTargets("com/acme/deep/X", plain));
        assertFalse(pattern.mayHaveTargets("org/acme/X", plain));
    }
}
