import java.util.Arrays;

/** Arrays of arrays that have no elements and stand for nothing yet, known by their identity. */
public class SentinelsProgram {
    public static final long[][] EMPTY = {};
    public static final long[][] DEFAULT = {};
    static final int[][] NOT_EMPTY = {{1}};

    /** Assigned twice on the way, as javac never does for a constant of this form. */
    public static final char[][] CHOSEN =
            Boolean.getBoolean("no.such.property") ? null : new char[0][];

    /** Everybody may call it. */
    public static long[][] rows(int n) {
        if (n == 0) {
            return EMPTY;
        }
        long[][] made = new long[n][];
        for (int i = 0; i < n; i++) {
            made[i] = new long[i + 1];
        }
        return made;
    }

    static class Table {
        private long[][] rows = EMPTY;

        void size(int n) {
            rows = n < 0 ? DEFAULT : rows(n);
        }

        void put(int i, int j, long v) {
            if (rows == DEFAULT) {
                rows = rows(3);
            }
            rows[i][j] = v;
        }

        String state() {
            Object constant = EMPTY;
            Object nothing = null;
            return (rows == EMPTY)
                    + " "
                    + (DEFAULT == rows)
                    + " "
                    + (rows != EMPTY)
                    + (constant == rows)
                    + (rows == nothing)
                    + (nothing == rows)
                    + (rows == null)
                    + rows.length;
        }

        boolean same(Table that) {
            return rows == that.rows;
        }

        boolean same(long[][] heap) {
            return rows == heap;
        }
    }

    /** Its constant is an array with elements, which nothing can stand for. */
    public static class Shared {
        private int[][] rows = NOT_EMPTY;

        public int[][] give() {
            return NOT_EMPTY;
        }
    }

    public static class Chosen {
        private char[][] rows = CHOSEN;

        public char[][] give() {
            return CHOSEN;
        }
    }

    public static void main(String[] args) {
        Table t = new Table();
        Table u = new Table();
        System.out.println(t.state() + t.same(u) + t.same(EMPTY) + t.same((long[][]) null));
        t.size(-1);
        System.out.println(t.state() + t.same(u) + t.same(DEFAULT));
        t.put(2, 1, 8);
        System.out.println(t.state() + Arrays.toString(t.rows[2]) + t.same(t));
        t.size(0);
        System.out.println(t.state() + t.same(u) + t.same(rows(0)) + (rows(0) == EMPTY));
        try {
            t.put(0, 0, 1);
        } catch (ArrayIndexOutOfBoundsException e) {
            System.out.println(e.getMessage());
        }
        long[][] copy = t.rows.clone();
        System.out.println((copy == t.rows) + " " + copy.length + (copy == EMPTY));
        u.rows = null;
        try {
            System.out.println(u.same(t) + " " + u.same((long[][]) null) + u.state());
        } catch (NullPointerException e) {
            System.out.println(e.getMessage());
        }
        Shared s = new Shared();
        System.out.println((s.give() == s.rows) + " " + s.rows[0][0]);
        Chosen c = new Chosen();
        System.out.println((c.give() == c.rows) + " " + c.rows.length);
    }
}
