package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.MethodId;
import io.emucxl.agent.analysis.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ConcernTest {

    private static final Plan PLAN =
            new Plan(
                    Map.of(new FieldId("A", "table", "[I"), 0),
                    Map.of(
                            new MethodId("A", "grow", "([I)V"),
                            new Plan.Signature("grow", "(X)V", true, true, List.of(0, -1))),
                    Set.of(),
                    List.of(),
                    Set.of("A"));

    private static final String OBJECT = "java/lang/Object";

    private static boolean concerned(ClassWriter writer, String name) {
        return new Concern(PLAN).isOf(name, ConstantPool.read(writer.toByteArray()));
    }

    private static ClassWriter writer(String name, String superclass) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, name, null, superclass, null);
        return writer;
    }

    private static ClassWriter reading(String field, String descriptor) {
        ClassWriter writer = writer("B", OBJECT);
        MethodVisitor method = writer.visitMethod(0, "run", "()V", null, null);
        method.visitFieldInsn(Opcodes.GETSTATIC, "A", field, descriptor);
        return writer;
    }

    @Test
    void classesOfThePlanAndWhoeverNamesItsMembers() {
        assertTrue(concerned(writer("A", OBJECT), "A"));
        assertFalse(concerned(writer("B", OBJECT), "B"));
        assertTrue(concerned(reading("table", "[I"), "B"));
        assertFalse(concerned(reading("table", "[J"), "B"));
        assertFalse(concerned(reading("other", "[I"), "B"));
    }

    @Test
    void aClassThatOnlyOverridesAMethodIsConcerned() {
        assertTrue(concerned(declaring("A", "([I)V"), "B"));
        assertFalse(concerned(declaring("A", "([J)V"), "B"));
    }

    @Test
    void aClassWithNoneOfTheProgramsAboveItOverridesNothing() {
        assertFalse(concerned(declaring("java/io/OutputStream", "([I)V"), "B"));
    }

    @Test
    void callsOfTheJdkAreNoneOfThePlan() {
        ClassWriter writer = writer("B", "A");
        MethodVisitor method = writer.visitMethod(0, "run", "()V", null, null);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/io/Writer", "grow", "([I)V", false);
        assertFalse(concerned(writer, "B"));
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "C", "grow", "([I)V", false);
        assertTrue(concerned(writer, "B"));
    }

    /** With fields and attributes in front of the method, which have to be skipped. */
    private static ClassWriter declaring(String superclass, String descriptor) {
        ClassWriter writer = writer("B", superclass);
        writer.visitField(Opcodes.ACC_FINAL | Opcodes.ACC_STATIC, "size", "I", null, 7);
        writer.visitField(0, "names", "Ljava/util/List;", "Ljava/util/List<[I>;", null);
        MethodVisitor code = writer.visitMethod(0, "run", "()V", null, new String[] {"E"});
        code.visitCode();
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 1);
        writer.visitMethod(Opcodes.ACC_ABSTRACT, "grow", descriptor, null, null);
        return writer;
    }
}
