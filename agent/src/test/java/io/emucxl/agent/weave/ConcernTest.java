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

    private static boolean concerned(ClassWriter writer, String name) {
        return new Concern(PLAN).isOf(name, ConstantPool.read(writer.toByteArray()));
    }

    private static ClassWriter writer(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, name, null, "java/lang/Object", null);
        return writer;
    }

    private static ClassWriter reading(String field, String descriptor) {
        ClassWriter writer = writer("B");
        MethodVisitor method = writer.visitMethod(0, "run", "()V", null, null);
        method.visitFieldInsn(Opcodes.GETSTATIC, "A", field, descriptor);
        return writer;
    }

    @Test
    void classesOfThePlanAndWhoeverNamesItsMembers() {
        assertTrue(concerned(writer("A"), "A"));
        assertFalse(concerned(writer("B"), "B"));
        assertTrue(concerned(reading("table", "[I"), "B"));
        assertFalse(concerned(reading("table", "[J"), "B"));
        assertFalse(concerned(reading("other", "[I"), "B"));
    }

    @Test
    void aClassThatOnlyOverridesAMethodIsConcerned() {
        ClassWriter writer = writer("B");
        writer.visitMethod(Opcodes.ACC_ABSTRACT, "grow", "([I)V", null, null);
        assertTrue(concerned(writer, "B"));
        ClassWriter other = writer("B");
        other.visitMethod(Opcodes.ACC_ABSTRACT, "grow", "([J)V", null, null);
        assertFalse(concerned(other, "B"));
    }
}
