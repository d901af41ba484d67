/** What exceptions say when an array is null, whatever expression it came from. */
public class NullsProgram {
    private int[] a;
    private static long[] s;
    private double[][] m = new double[2][];
    private NullsProgram next;
    private byte[][] rows;
    private int[] index = {1, 0};

    interface Step {
        void run();
    }

    private int[] give() {
        return a;
    }

    private static long[] giveStatic(int n, String t, Object[] o) {
        return s;
    }

    /** Has a second signature after rewriting, which no message may show. */
    private NullsProgram with(int[] x, long n) {
        return x == null || n == 0 ? null : this;
    }

    private static int[] pickHeap(int[] x, int[] y) {
        return x != null && x.length > 99 ? y : null;
    }

    int f;

    private static void say(Step step) {
        try {
            step.run();
            System.out.println("nothing");
        } catch (NullPointerException e) {
            StackTraceElement top = e.getStackTrace()[0];
            System.out.println(
                    e.getMessage() + " at " + top.getMethodName() + ":" + top.getLineNumber());
        }
    }

    private void fields() {
        say(() -> a[0] = 1);
        say(() -> System.out.println(a[0]));
        say(() -> System.out.println(a.length));
        say(() -> System.out.println(a.clone()));
        say(() -> System.out.println(s[3]));
        say(() -> s[3]++);
        say(() -> System.out.println(next.a[0]));
        next = this;
        say(() -> System.out.println(next.a[0]));
        say(() -> System.out.println(next.next.a[0]));
        say(() -> System.out.println(next.next.next.next.next.next.a[0]));
        say(() -> System.out.println(give()[0]));
        say(() -> System.out.println(next.give().length));
        say(() -> giveStatic(1, "", null)[2] = 3);
        say(() -> System.out.println(m[1][0]));
        say(() -> m[index[0]][index[1] + 1] = 2);
        say(() -> System.out.println(m[index[1]].length));
        say(() -> System.out.println(next.with(a, 1).with(index, 0).f));
        say(() -> next.with(index, 0).f = next.f);
        say(() -> System.out.println(next.with(index, 0).with(a, 4L)));
        NullsProgram nobody = f == 0 ? null : this;
        say(() -> System.out.println(nobody.with(index, 2)));
        say(() -> System.out.println(pickHeap(index, new int[1])[f + 1]));
        say(() -> pickHeap(index, new int[1])[f] = f);
        say(() -> System.out.println(pickHeap(index, a).length));
        say(
                () -> {
                    synchronized (next.with(a, 0)) {
                        f++;
                    }
                });
        Object[] objects = new Object[2];
        String[][] strings = {null, null, null};
        say(() -> System.out.println(objects[index[0]].toString()));
        say(() -> System.out.println(objects[index.length - 1].hashCode()));
        say(() -> System.out.println(strings[index.length][index[1]]));
        double[][] nothing = f < 0 ? m : null;
        say(() -> System.out.println(nothing.clone().length));
        m = null;
        say(() -> System.out.println(m.clone().length));
        m = new double[2][];
        say(() -> System.out.println(rows[0][0]));
        rows = new byte[3][];
        say(() -> System.out.println(rows[2][0]));
    }

    private int local(int unused, int[] parameter) {
        int[] l = a;
        if (unused == 0) {
            return l[0];
        } else if (unused == 1) {
            return l.length;
        } else if (unused == 2) {
            int[] again = l;
            int i = 4;
            again[i] = 3;
            return again[i];
        } else if (unused == 3) {
            return parameter[0];
        } else if (unused == 4) {
            parameter = a;
            return parameter[0];
        } else if (unused == 5) {
            return (unused > 4 ? a : parameter)[2];
        }
        long[] w = s;
        w[unused] = w[unused + 1] = 4;
        return 0;
    }

    public static void main(String[] args) {
        NullsProgram p = new NullsProgram();
        p.fields();
        for (int i = 0; i < 7; i++) {
            int n = i;
            say(() -> p.local(n, p.a));
        }
    }
}
