package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.agent.kit.ClassFilesWorld;
import io.emucxl.agent.kit.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Public accessors of private fields, as the compilers of Kotlin and Scala make them. */
class AccessorsTest {
    private static final String FIELD = "private int[] a = new int[9];";
    private static final String ACCESSOR = "public static int[] access$a(A x) { return x.a; }";
    private static final String CALLER = "class B { int f(p.A x) { return p.A.access$a(x)[0]; } }";

    @TempDir Path work;

    /** How many fields are placed when A has the accessor, or one of the same shape. */
    private int placed(int access, String accessor, Map<String, String> callers)
            throws IOException {
        Map<String, String> sources = new HashMap<>(callers);
        sources.put("A", "package p; public class A { " + FIELD + accessor + " }");
        Path classes = Compiler.compile(work, sources, List.of());
        Path file = classes.resolve("p/A.class");
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(Files.readAllBytes(file))
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int flags, String name, String d, String s, String[] e) {
                                int more = name.startsWith("access$") ? access : 0;
                                return super.visitMethod(flags | more, name, d, s, e);
                            }
                        },
                        0);
        Files.write(file, writer.toByteArray());
        Target target = new Target(new FieldId("p/A", "a", "[I"), 7, "test");
        Plan plan = Planner.plan(ClassFilesWorld.of(classes), List.of(target));
        return plan.placed().size();
    }

    @Test
    void itsPackageIsRewrittenWithIt() throws IOException {
        Map<String, String> callers = Map.of("B", "package p; " + CALLER);
        assertEquals(1, placed(Opcodes.ACC_SYNTHETIC, ACCESSOR, callers));
    }

    /** A name is no promise. */
    @Test
    void aMethodThatSomebodyWroteStaysAsItIs() throws IOException {
        assertEquals(0, placed(0, ACCESSOR, Map.of("B", "package p; " + CALLER)));
        String method = ACCESSOR.replace("static", "").replace("A x", "").replace("x.a", "a");
        String caller = CALLER.replace("p.A.access$a(x)", "x.access$a()");
        Map<String, String> callers = Map.of("B", "package p; " + caller);
        assertEquals(0, placed(Opcodes.ACC_SYNTHETIC, method, callers));
    }

    @Test
    void scalasAccessorsHaveTheNameOfTheirClass() throws IOException {
        String accessor = "public int[] p$A$$a() { return a; }";
        String caller = CALLER.replace("p.A.access$a(x)", "x.p$A$$a()");
        assertEquals(1, placed(0, accessor, Map.of("B", "package p; " + caller)));
        String other = caller.replace("p$A$$a", "p$B$$a");
        accessor = accessor.replace("p$A$$a", "p$B$$a");
        assertEquals(0, placed(0, accessor, Map.of("B", "package p; " + other)));
    }

    /** No compiler calls it from elsewhere, so something else is going on. */
    @Test
    void callersInOtherPackagesKeepItAsItIs() throws IOException {
        Map<String, String> callers =
                Map.of("B", "package p; " + CALLER, "C", "package q; " + CALLER.replace("B", "C"));
        assertEquals(0, placed(Opcodes.ACC_SYNTHETIC, ACCESSOR, callers));
    }
}
