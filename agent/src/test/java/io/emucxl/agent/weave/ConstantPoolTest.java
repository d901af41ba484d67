package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

class ConstantPoolTest {

    private static byte[] file(Class<?> type) throws IOException {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void agreesWithAsmOnTheJdksOwnClasses() throws IOException {
        Class<?>[] types = {String.class, java.util.HashMap.class, Thread.State.class, List.class};
        for (Class<?> type : types) {
            byte[] file = file(type);
            ClassReader reader = new ClassReader(file);
            ConstantPool pool = ConstantPool.read(file);
            assertEquals(reader.getClassName(), pool.className());
            Set<String> parents = new HashSet<>(Arrays.asList(reader.getInterfaces()));
            parents.add(reader.getSuperName());
            assertEquals(parents, new HashSet<>(pool.parents()));
            assertTrue(pool.has(reader.getClassName()));
            assertEquals(arrayMethods(reader), names(pool.declared(pool.arrays())));
        }
    }

    private static List<String> names(List<ConstantPool.Member> members) {
        return members.stream().map(m -> m.name() + m.descriptor()).toList();
    }

    private static List<String> arrayMethods(ClassReader reader) {
        ClassNode node = new ClassNode();
        reader.accept(node, ClassReader.SKIP_CODE);
        return node.methods.stream()
                .filter(m -> m.desc.matches(".*\\[[ZBCSIJFD].*"))
                .map(m -> m.name + m.desc)
                .toList();
    }

    @Test
    void findsMembersWithPrimitiveArrays() throws IOException {
        ConstantPool pool = ConstantPool.read(file(String.class));
        assertTrue(pool.hasPrimitiveArrays());
        assertTrue(ConstantPool.mayHavePrimitiveArrays(file(String.class)));
        boolean found = false;
        for (ConstantPool.Member member : pool.arrayMembers()) {
            found |= member.name().equals("value") && member.descriptor().equals("[B");
        }
        assertTrue(found);
        assertFalse(ConstantPool.read(file(Runnable.class)).hasPrimitiveArrays());
        assertFalse(ConstantPool.mayHavePrimitiveArrays(file(Runnable.class)));
        assertFalse(ConstantPool.mayHavePrimitiveArrays(new byte[] {'a', '['}));
        assertTrue(ConstantPool.mayHavePrimitiveArrays(new byte[] {'[', '[', 'D'}));
    }

    @Test
    void objectArraysDoNotCount() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "A", null, "java/lang/Object", null);
        writer.visitField(0, "objects", "[Ljava/lang/Object;", null, null);
        writer.visitField(0, "longs", "[[[Ljava/lang/Long;", null, null);
        assertFalse(ConstantPool.read(writer.toByteArray()).hasPrimitiveArrays());
        writer.visitField(0, "ints", "[[I", null, null);
        assertTrue(ConstantPool.read(writer.toByteArray()).hasPrimitiveArrays());
    }

    @Test
    void decodesModifiedUtf8() {
        String name = "p/Gr\u00f6\u00dfe\u4e2d\0";
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, name, null, "java/lang/Object", null);
        assertEquals(name, ConstantPool.read(writer.toByteArray()).className());
    }

    @Test
    void everyTruncationIsRefusedOrRead() throws IOException {
        byte[] file = file(java.util.HashMap.class);
        assertNull(ConstantPool.read(new byte[0]));
        int refused = 0;
        for (int length = 0; length < file.length; length += 7) {
            if (ConstantPool.read(Arrays.copyOf(file, length)) == null) {
                refused++;
            }
        }
        assertTrue(refused > 100);
    }
}
