import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Methods whose callers are all in one package, and helpers of which one version cannot serve all.
 */
public class ConfinedProgram {
    /** Hands its arrays out, but only to its package. */
    static class Matrix {
        private final double[][] rows;
        private final double[] diagonal;

        Matrix(double[][] rows) {
            this.rows = rows;
            this.diagonal = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                diagonal[i] = rows[i][i];
            }
        }

        double[][] rows() {
            return rows;
        }

        double[] diagonal() {
            return diagonal;
        }
    }

    /** Public methods of a class that only the package can name. */
    private static class Facet {
        private final long[] normal;

        Facet(int n) {
            normal = new long[n];
        }

        public long[] normal() {
            return normal;
        }
    }

    private static class Tilted extends Facet {
        Tilted(int n) {
            super(n + 1);
        }

        @Override
        public long[] normal() {
            long[] own = super.normal();
            own[0]++;
            return own;
        }
    }

    /** Others can name the class below it, and so the method. */
    static class Hidden {
        private final int[] shown = {1, 2};

        public int[] shown() {
            return shown;
        }
    }

    public static class Shown extends Hidden {}

    /** What a method handle stands for keeps its signature. */
    static class Handled {
        private final char[] text = {'h', 'a'};

        char[] text() {
            return text;
        }

        int length() {
            Supplier<char[]> s = this::text;
            return s.get().length + text()[0];
        }
    }

    /** Nobody calls it, so somebody calls it whom nobody sees. */
    static class Uncalled {
        private final short[] odd = {5, 6};

        short[] odd() {
            return odd;
        }
    }

    /** Gives back what it is given, unless it is too small. */
    static int[] grow(int[] a, int n) {
        return a.length >= n ? a : Arrays.copyOf(a, n * 2);
    }

    static class Tight {
        private int[] cells = {1};

        void put(int i, int v) {
            cells = grow(cells, i + 1);
            cells[i] = v;
        }
    }

    /** Uses the same helper, and gives the outcome to everybody. */
    public static class Leaky {
        private int[] cells = {2};

        public int[] put(int i, int v) {
            cells = grow(cells, i + 1);
            cells[i] = v;
            return cells;
        }
    }

    /** The outcome of the call leaks, not what is read from the field. */
    public static class Lost {
        private int[] cells = new int[1];

        public int[] more() {
            return cells = grow(cells, cells.length + 1);
        }
    }

    /** A copy that some keep and others give away. */
    private final float[][] grid = {{1, 2}, {3, 4}};

    private float[][] copied = copy();

    private float[][] copy() {
        float[][] c = new float[grid.length][];
        for (int i = 0; i < c.length; i++) {
            c[i] = grid[i].clone();
        }
        return c;
    }

    public float[][] give() {
        return copy();
    }

    private static float sum(float[][] m) {
        float s = 0;
        for (float[] r : m) {
            for (float v : r) {
                s += v;
            }
        }
        return s;
    }

    private static long[] later(long[] a, long[] b, boolean first) {
        return first ? a : b;
    }

    private final long[] mine = {10, 20};

    static IntUnaryOperator table(final int[][] t) {
        return new IntUnaryOperator() {
            @Override
            public int applyAsInt(int i) {
                return t[i][0] + t.length;
            }
        };
    }

    public static void main(String[] args) throws Exception {
        Matrix m = new Matrix(new double[][] {{1, 2}, {3, 4}});
        m.rows()[1][1] = 9;
        double[] d = m.diagonal();
        d[0] += m.rows()[0][1];
        System.out.println(Arrays.toString(d) + m.rows()[1][1] + (m.diagonal() == d));
        System.out.println(m.rows() == m.rows() ? "same" : "other");

        Facet f = new Facet(2);
        f.normal()[1] = 5;
        Facet t = new Tilted(2);
        System.out.println(f.normal()[1] + " " + t.normal()[0] + t.normal()[0] + t.normal().length);

        System.out.println(new Shown().shown()[1] + new Hidden().shown()[0]);
        System.out.println(new Reflecting.Reflected().throughReflection());
        byte[] b = {1, 2};
        Reflecting.Constructed c = Reflecting.Constructed.through(b);
        b[0] = 9;
        System.out.println(
                c.given[0] + Reflecting.Constructed.fresh().given[1] + " " + (c.given == b));
        System.out.println(new Handled().length());
        System.out.println(new Uncalled().odd[1]);

        Tight tight = new Tight();
        Leaky leaky = new Leaky();
        Lost lost = new Lost();
        for (int i = 0; i < 5; i++) {
            tight.put(i, i * i);
            int[] out = leaky.put(i, -i);
            out[0] = 77;
            int[] grown = lost.more();
            grown[grown.length - 1] = i;
            System.out.println(tight.cells[i] + " " + leaky.cells[0] + " " + lost.cells[i]);
            System.out.println((out == leaky.cells) + " " + (grown == lost.cells));
        }

        ConfinedProgram p = new ConfinedProgram();
        float[][] given = p.give();
        given[0][0] = 100;
        p.copied[1][1] = 50;
        System.out.println(sum(p.grid) + " " + sum(p.copied) + " " + sum(given));
        System.out.println(sum(new float[][] {{1}, {}}) + " " + (p.give() == given));

        long[] heap = {30, 40};
        long[] one = later(p.mine, heap, true);
        long[] two = later(p.mine, heap, false);
        two[0]++;
        one[0]++;
        System.out.println((one == p.mine) + " " + (two == heap) + " " + heap[0] + p.mine[0]);
        long[] only = later(heap, heap, true);
        System.out.println((only == heap) + " " + (only == p.mine));

        System.out.println(table(new int[][] {{4}, {5}}).applyAsInt(1));
        try {
            table(new int[][] {{4}, null}).applyAsInt(1);
        } catch (NullPointerException e) {
            System.out.println("null");
        }
        try {
            new Matrix(null).rows();
        } catch (NullPointerException e) {
            System.out.println("null");
        }
    }
}

/** What is called by reflection keeps its signature. */
class Reflecting {
    static class Reflected {
        private final int[] found = {7, 8};

        int[] found() {
            return found;
        }

        int throughReflection() throws Exception {
            Method m = Reflected.class.getDeclaredMethod("found");
            return ((int[]) m.invoke(this))[1] + found()[0];
        }
    }

    static class Constructed {
        final byte[] given;

        Constructed(byte[] given) {
            this.given = given;
        }

        static Constructed through(byte[] b) throws Exception {
            Constructor<Constructed> c = Constructed.class.getDeclaredConstructor(byte[].class);
            return c.newInstance((Object) b);
        }

        static Constructed fresh() {
            return new Constructed(new byte[] {3, 4});
        }
    }
}
