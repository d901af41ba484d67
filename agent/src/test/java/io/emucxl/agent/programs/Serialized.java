package io.emucxl.agent.programs;

import io.emucxl.runtime.RemoteTier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays in the serialized form of all sorts of classes: {@code write FILE} makes a stream, {@code
 * read FILE} prints what one holds.
 */
@SuppressWarnings("serial") // classes without a version are what it is about
public final class Serialized {
    private static final int LENGTH = 5000;

    private Serialized() {}

    /** Without a version of its own, and with members of each kind that is part of it. */
    static class Plain implements Serializable, Comparable<Plain> {
        private long[] keys = new long[LENGTH];
        protected final int[] counts = new int[LENGTH];
        private transient double[] cache = new double[LENGTH];
        static int made;
        private byte tag = 3;

        Plain(long seed) {
            for (int i = 0; i < LENGTH; i++) {
                keys[i] = seed * i;
                counts[i] = i;
            }
            made++;
        }

        long[] keysOf(int n) {
            return Arrays.copyOf(keys, n);
        }

        void share(Plain that) {
            keys = that.keys;
        }

        boolean shares(Plain that) {
            return keys == that.keys;
        }

        void take(long[] outside) {
            keys = outside;
        }

        void put(int i, long v) {
            keys[i] = v;
        }

        @Override
        public int compareTo(Plain that) {
            return Long.compare(keys[1], that.keys[1]);
        }

        String show() {
            String head = keys == null ? "null" : keys.length + " " + Arrays.hashCode(keys);
            return head + " " + Arrays.hashCode(counts) + " " + (cache == null) + " " + tag;
        }
    }

    static class Middle extends Plain {
        private static final long serialVersionUID = 17;
        private boolean[] flags = new boolean[LENGTH];
        Object other;

        Middle(long seed) {
            super(seed);
            flags[(int) seed] = true;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(flags.length);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (in.readInt() != flags.length) {
                throw new IOException("lengths");
            }
        }

        @Override
        String show() {
            return super.show() + " " + Arrays.hashCode(flags);
        }
    }

    /** Above it is a class that is not serialized, and that starts anew when it is read. */
    static class Unserialized {
        float[] above = new float[LENGTH];
    }

    static class Below extends Unserialized implements Serializable {
        private short[] below = new short[LENGTH];
        private char[] none;

        String show() {
            return above[7] + " " + below[8] + " " + (none == null);
        }
    }

    /** Its fields are listed, one of them unshared and one that it does not have any more. */
    static class Listed implements Serializable {
        @SuppressWarnings("UnusedVariable") // java.io reads it
        private static final ObjectStreamField[] serialPersistentFields = {
            new ObjectStreamField("first", long[].class),
            new ObjectStreamField("second", byte[].class, true),
        };

        private long[] first = new long[LENGTH];
        private transient byte[] second = new byte[LENGTH];
        private int[] third = new int[LENGTH];

        String show() {
            return first[9] + " " + second[10] + " " + (third == null);
        }
    }

    static class Matrix implements Serializable {
        private double[][] rows = new double[4][];
        private Matrix next;

        void fill() {
            rows[0] = new double[LENGTH];
            rows[1] = rows[0];
            rows[2] = new double[] {1, 2};
            rows[0][3] = 4.5;
        }

        void share(Matrix that) {
            rows = that.rows;
        }

        String show() {
            String text = rows[1][3] + " " + (rows[0] == rows[1]) + " " + (rows[3] == null);
            rows[1][3]++;
            return text + rows[0][3] + rows[2].length + (next.rows == rows) + (next.next == this);
        }
    }

    /** While it is written it changes what its parent has yet to write. */
    static class Child implements Serializable {
        private Parent parent;

        private void writeObject(ObjectOutputStream out) throws IOException {
            parent.zeta[5] = 55;
            out.defaultWriteObject();
        }
    }

    static class Parent implements Serializable {
        private Child alpha = new Child();
        private long[] zeta = new long[LENGTH];

        Parent() {
            alpha.parent = this;
        }
    }

    static class Proxied implements Serializable {
        private int[] values = new int[LENGTH];

        private Object writeReplace() {
            return new Stand(values[0] + values.length);
        }
    }

    static class Stand implements Serializable {
        private final int[] few = new int[LENGTH];

        Stand(int v) {
            few[2] = v;
        }

        private Object readResolve() {
            return "stand " + few[2];
        }
    }

    /** Planned when it is loaded, without a policy file. */
    static class Marked implements Serializable {
        @RemoteTier private long[] marked = new long[LENGTH];
    }

    /** Writes what it likes. */
    public static class External implements Externalizable {
        private int[] values = new int[LENGTH];

        /** For the stream. */
        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(values[4]);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            values[4] = in.readInt() + 1;
        }
    }

    private static byte[] write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            Plain a = new Plain(3);
            Plain b = new Middle(5);
            b.share(a);
            ((Middle) b).other = a;
            out.writeObject(b);
            a.put(4, -1);
            out.writeObject(a);
            out.reset();
            out.writeObject(new Plain[] {a, b});
            a.take(new long[] {1, 2, 3});
            out.writeUnshared(a);
            out.reset();
            a.take(null);
            out.writeObject(a);
            Below below = new Below();
            below.above[7] = 1;
            below.below[8] = 2;
            out.writeObject(below);
            Listed listed = new Listed();
            listed.first[9] = 90;
            listed.second[10] = 91;
            out.writeObject(listed);
            Matrix m = new Matrix();
            m.fill();
            m.next = new Matrix();
            m.next.share(m);
            m.next.next = m;
            out.writeObject(m);
            out.writeObject(new Parent());
            out.writeObject(new Proxied());
            Marked marked = new Marked();
            marked.marked[11] = 12;
            out.writeObject(marked);
            External e = new External();
            e.values[4] = 44;
            out.writeObject(e);
        }
        return bytes.toByteArray();
    }

    private static void read(byte[] stream) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stream))) {
            Middle b = (Middle) in.readObject();
            Plain a = (Plain) in.readObject();
            System.out.println(b.show() + ", " + a.show() + ", " + a.shares(b) + (b.other == a));
            a.put(5, 6);
            System.out.println(b.keysOf(6)[5]);
            Plain[] both = (Plain[]) in.readObject();
            System.out.println(both[0].show() + ", " + both[1].show() + both[0].shares(both[1]));
            System.out.println(Arrays.toString(((Plain) in.readObject()).keysOf(3)));
            System.out.println(((Plain) in.readObject()).show());
            System.out.println(((Below) in.readObject()).show());
            System.out.println(((Listed) in.readObject()).show());
            System.out.println(((Matrix) in.readObject()).show());
            Parent p = (Parent) in.readObject();
            System.out.println(p.zeta[5] + " " + (p.alpha.parent == p));
            System.out.println(in.readObject());
            System.out.println(((Marked) in.readObject()).marked[11]);
            System.out.println(((External) in.readObject()).values[4]);
        }
    }

    private static void describe() {
        List<Class<?>> all = new ArrayList<>(List.of(Serialized.class.getDeclaredClasses()));
        all.sort((x, y) -> x.getName().compareTo(y.getName()));
        for (Class<?> c : all) {
            ObjectStreamClass d = ObjectStreamClass.lookup(c);
            if (d != null) {
                System.out.println(d + " " + Arrays.toString(d.getFields()));
            }
        }
    }

    private static void mistaken() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Parent());
        }
        // The array becomes one of another kind than the field, which is named before it.
        byte[] stream = bytes.toByteArray();
        boolean named = false;
        for (int i = 0; i + 1 < stream.length; i++) {
            if (stream[i] == '[' && stream[i + 1] == 'J') {
                stream[i + 1] = (byte) (named ? 'D' : 'J');
                named = true;
            }
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stream))) {
            System.out.println(in.readObject());
        } catch (IOException | ClassCastException e) {
            System.out.println(e.getClass() + " " + e.getMessage());
        }
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Path file = Path.of(args[1]);
        if (args[0].equals("write")) {
            byte[] stream = write();
            Files.write(file, stream);
            read(stream);
        } else {
            describe();
            read(Files.readAllBytes(file));
            mistaken();
        }
    }
}
