import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Where arrays go in ordinary code: locals, branches, helpers, hierarchies, inner classes. */
public class ShapesProgram {
    static class Base {
        protected int[] counts;
        int[] spare = {9, 8, 7};

        Base(int[] given) {
            counts = given;
        }

        Base(int n) {
            this(new int[n]);
        }

        void touch(int[] a, int v) {
            a[0] = v;
        }

        private int[] pick(boolean first) {
            return first ? counts : spare;
        }
    }

    /** Gives its array away, so it must keep it. */
    public static class Leak {
        private int[] kept = {3, 4};

        public int[] give() {
            return kept;
        }
    }

    static class Derived extends Base {
        private long[] own = new long[3];

        Derived(int n) {
            super(n);
            counts[1] = 4;
        }

        @Override
        void touch(int[] a, int v) {
            super.touch(a, v + 1);
            this.counts[a.length > 1 ? 1 : 0] += v;
        }

        class Inner {
            private final long[] seen = own;

            long sum() {
                long s = 0;
                for (long v : seen) {
                    s += v + own.length;
                }
                return s;
            }
        }

        LongSupplier lazy() {
            return () -> own[0] + own.length;
        }

        IntSupplier anonymous() {
            return new IntSupplier() {
                @Override
                public int getAsInt() {
                    own[2]++;
                    return (int) own[2] + counts.length;
                }
            };
        }
    }

    interface Visitor {
        int visit(int[] a, int i);

        boolean wants(int i);
    }

    /** One that lambdas implement, so that only heap arrays can go through it. */
    interface Simple {
        int visit(int[] a, int i);
    }

    static class Plus implements Visitor {
        @Override
        public int visit(int[] a, int i) {
            return a[i] + 1;
        }

        @Override
        public boolean wants(int i) {
            return i > 0;
        }
    }

    static class Times implements Visitor {
        @Override
        public int visit(int[] a, int i) {
            return a[i] * 10;
        }

        @Override
        public boolean wants(int i) {
            return true;
        }
    }

    private double[][] matrix = new double[3][];
    private double[][] square = new double[2][2];
    private byte[] buffer = new byte[4];
    private static char[] text = "tiered".toCharArray();
    private static final long[] NOTHING = {};
    private long[] elements = NOTHING;
    private int size;
    private final Object lock = new Object();

    void add(long v) {
        if (size == elements.length) {
            grow(Math.max(4, size * 2));
        }
        elements[size++] = v;
    }

    private void grow(int n) {
        elements = Arrays.copyOf(elements, n);
    }

    private static int find(long[] a, int from, int to, long key) {
        for (int i = from; i < to; i++) {
            if (a[i] == key) {
                return i;
            }
        }
        return -1;
    }

    private static void exchange(long[] a, int i, long[] b, int j) {
        long t = a[i];
        a[i] = b[j];
        b[j] = t;
    }

    public long[] toArray() {
        return Arrays.copyOf(elements, size);
    }

    public void load(long[] given, int n) {
        elements = given;
        size = n;
    }

    synchronized byte checksum(String s) {
        byte[] b = buffer;
        for (int i = 0; i < s.length(); i++) {
            b[i & 3] ^= (byte) s.charAt(i);
        }
        synchronized (lock) {
            return (byte) (b[0] + b[1] + b[2] + b[3]);
        }
    }

    private int branches(int how) {
        int[] local = null;
        int result = 0;
        try {
            switch (how) {
                case 0:
                    local = new int[] {1, 2};
                    break;
                case 1:
                    local = counter;
                    break;
                default:
                    break;
            }
            result = local[1];
            for (; ; ) {
                result += local.length;
                if (result > 20) {
                    break;
                }
            }
        } catch (NullPointerException e) {
            result = -1;
            System.out.println(e.getMessage());
        } finally {
            if (local == counter) {
                result += 1000;
            }
        }
        return result;
    }

    private int[] counter = {5, 6, 7};

    /** A local that holds different arrays one after the other and is dead where they meet. */
    private int reuse(boolean b, int[] heap) {
        int r;
        if (b) {
            int[] x = counter;
            r = x[0];
        } else {
            int[] y = heap;
            r = y[1] + System.identityHashCode(heap) * 0;
        }
        return r;
    }

    private static int visitAll(Visitor v, int[] a) {
        int s = 0;
        for (int i = 0; i < a.length; i++) {
            s += v.wants(i) ? v.visit(a, i) : 0;
        }
        return s;
    }

    /** Arrays that lambdas capture, beside what they are passed. */
    private String captured(int[] heap) {
        int[] mine = counter;
        long k = 3;
        IntSupplier read = () -> mine[1] + heap[0] + (int) k;
        LongSupplier length = () -> mine.length + heap.length + counter.length;
        Simple both = (a, i) -> a[i] + mine[i] + size;
        return read.getAsInt() + " " + length.getAsLong() + " " + both.visit(heap, 0);
    }

    /** Overloads that would be alike if every array had one type, also by inheritance. */
    static class Upper {
        int total(int[] a) {
            return a[0];
        }

        private static int count(int[] a) {
            return a.length;
        }

        private static int count(long[] a) {
            return -a.length;
        }
    }

    static class Lower extends Upper {
        int total(long[] a) {
            return (int) a[0] * 100;
        }
    }

    private String overloads() {
        Lower l = new Lower();
        Upper u = l;
        return u.total(counter)
                + " "
                + l.total(counter)
                + " "
                + l.total(elements)
                + " "
                + Upper.count(counter)
                + " "
                + Upper.count(elements);
    }

    private static int simply(Simple v, int[] a) {
        return v.visit(a, 0);
    }

    /** Passes its array to what may be a lambda, so it must keep it. */
    static class Lambda {
        private int[] shown = {6, 7};

        int run() {
            return simply((a, i) -> a[i] + a.length, shown);
        }
    }

    public static void main(String[] args) {
        ShapesProgram p = new ShapesProgram();
        for (long i = 0; i < 11; i++) {
            p.add(i * i);
        }
        System.out.println(
                Arrays.toString(p.toArray()) + p.elements.length + find(p.elements, 0, p.size, 49));
        System.out.println(find(new long[] {3, 4}, 0, 2, 4));
        long[] mine = {7, 8, 9};
        exchange(p.elements, 1, mine, 0);
        System.out.println(p.elements[1] + " " + mine[0] + " " + (p.elements == NOTHING));
        p.load(mine, 2);
        mine[1] = 77;
        System.out.println(p.elements[1] + " " + (p.elements == mine));
        p.add(5);
        System.out.println(Arrays.toString(mine));
        p.add(6);
        System.out.println(Arrays.toString(p.toArray()) + (p.elements == mine));

        Derived d = new Derived(3);
        d.touch(d.counts, 5);
        d.touch(d.spare, 6);
        ((Base) d).touch(new int[1], 2);
        System.out.println(
                Arrays.toString(d.counts)
                        + Arrays.toString(d.spare)
                        + ((Base) d).pick(true)[1]
                        + ((Base) d).pick(false).length);
        Base base = new Base(new int[] {1});
        base.touch(base.counts, 40);
        System.out.println(
                base.counts[0]
                        + " "
                        + (base.pick(true) == base.counts)
                        + (base.pick(false) == base.counts));
        d.own[0] = 6;
        System.out.println(
                d.new Inner().sum() + " " + d.lazy().getAsLong() + " " + d.anonymous().getAsInt());

        for (int i = 0; i < 3; i++) {
            p.matrix[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                p.matrix[i][j] = i + j / 10.0;
            }
        }
        double[] row = p.matrix[2];
        row[0] = -1;
        p.matrix[0] = row;
        double sum = 0;
        for (double[] r : p.matrix) {
            for (double v : r) {
                sum += v;
            }
        }
        System.out.println(
                sum + " " + (p.matrix[0] == p.matrix[2]) + (p.matrix[1] == row) + p.matrix.length);
        double[][] copy = p.matrix.clone();
        copy[1] = null;
        System.out.println(
                (p.matrix[1] == null) + " " + (copy[0] == row) + Arrays.toString(p.matrix[1]));
        p.square[1][0] += 2.5;
        System.out.println(Arrays.toString(p.square[1]) + Arrays.toString(p.square[0]));
        try {
            p.square[0][2] = 1;
        } catch (ArrayIndexOutOfBoundsException e) {
            System.out.println(e.getMessage());
        }
        try {
            copy[1][0]++;
        } catch (NullPointerException e) {
            System.out.println(e.getMessage());
        }
        try {
            System.out.println(p.square[2][0]);
        } catch (ArrayIndexOutOfBoundsException e) {
            System.out.println(e.getMessage());
        }

        System.out.println(
                p.checksum("region") + " " + text.length + text[2] + new Leak().give()[1]);
        System.out.println(p.overloads());
        System.out.println(p.captured(new int[] {100}));
        System.out.println(p.branches(0) + " " + p.branches(1) + " " + p.branches(2));
        System.out.println(p.reuse(true, null) + " " + p.reuse(false, new int[] {1, 2}));
        System.out.println(
                visitAll(new Plus(), p.counter)
                        + " "
                        + visitAll(new Times(), p.counter)
                        + " "
                        + simply((a, i) -> a[i] - 1, new int[] {5})
                        + new Lambda().run());
    }
}
