package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The JVM's own computation is the reference. */
@SuppressWarnings("serial") // classes without a version are what it is about
class SerialVersionTest {

    abstract static class Members implements Serializable, Runnable, Comparable<Members> {
        static final int CONSTANT = Integer.getInteger("no such property", 4);
        protected volatile long[] keys;
        private transient int[] hidden = {CONSTANT};
        private int[] seen = hidden;
        transient String shown;

        protected Members(long... given) {
            keys = given;
        }

        private Members() {
            this(1, 2);
        }

        abstract Members make(String[] names, double[][] rows);

        synchronized float rate() {
            assert seen.length > 0;
            IntSupplier lambda = () -> seen.length;
            return lambda.getAsInt();
        }

        @Override
        public int compareTo(Members that) {
            return 0;
        }
    }

    public static final class Generic<T extends Comparable<T>> extends AbstractList<T>
            implements Serializable {
        @Override
        public T get(int i) {
            return null;
        }

        @Override
        public int size() {
            return 0;
        }
    }

    private static final class Empty implements Serializable {}

    private static ClassNode read(Class<?> c) throws IOException {
        try (InputStream in =
                c.getResourceAsStream('/' + c.getName().replace('.', '/') + ".class")) {
            ClassNode node = new ClassNode();
            new ClassReader(in.readAllBytes()).accept(node, 0);
            return node;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Members.class, Generic.class, Empty.class})
    void isWhatTheJvmComputes(Class<?> c) throws IOException {
        long expected = ObjectStreamClass.lookup(c).getSerialVersionUID();
        assertEquals(expected, SerialVersion.compute(read(c)));
    }

    @Test
    void ofAnAnonymousClass() throws IOException {
        Serializable anonymous =
                new Serializable() {
                    private final List<String> captured = List.of();

                    @Override
                    public String toString() {
                        return captured.toString();
                    }
                };
        Class<?> c = anonymous.getClass();
        long expected = ObjectStreamClass.lookup(c).getSerialVersionUID();
        assertEquals(expected, SerialVersion.compute(read(c)));
    }
}
