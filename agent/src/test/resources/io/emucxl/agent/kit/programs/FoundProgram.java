/** What programs once did otherwise on tiered arrays: one method for each difference. */
public class FoundProgram {
    private int[] counts = {1, 2, 3};

    static class Link {
        final int[] at;
        final Link next;

        Link(int[] at, Link next) {
            this.at = at;
            this.next = next;
        }
    }

    /** A loop whose first instruction makes an object, with a branch before its constructor. */
    private int loopThatStartsWithNew() {
        int steps = 0;
        Link list = null;
        do {
            list = new Link(counts, steps % 2 == 0 ? null : list);
            counts[0] += list.at[steps % 3];
        } while (++steps < 5);
        return counts[0] + (list.next == null ? 0 : 1);
    }

    private static boolean isAbsent(Object o) {
        return o == null;
    }

    /** A method of the same class that takes any object and only looks at it. */
    private boolean passedAsAnObject() {
        return isAbsent(counts) || counts.length == 0;
    }

    private char[] text;

    void take(char[] given) {
        text = given;
    }

    /** Two handles of one array of the heap, in variables that hold other objects now and then. */
    private boolean mixed(char[] given, boolean arrays) {
        Object one = arrays ? given : "one";
        Object other = arrays ? text : "other";
        return one == other;
    }

    /** Numbers that anybody may read, and replace, as an array. */
    public interface Numbers {
        int[] toArray();

        void setAll(int[] to);

        /** What it is given could be adopted, but gets to where arrays of the heap are needed. */
        default void turn() {
            int[] all = toArray();
            reverse(all);
            setAll(all);
        }
    }

    /** Is passed arrays of the heap only. */
    public static void reverse(int[] all) {
        for (int i = 0, j = all.length - 1; i < j; i++, j--) {
            int t = all[i];
            all[i] = all[j];
            all[j] = t;
        }
    }

    static class Kept implements Numbers {
        private int[] kept;

        Kept(Numbers from) {
            kept = from == null ? new int[4] : from.toArray();
        }

        public int[] toArray() {
            return java.util.Arrays.copyOf(kept, kept.length);
        }

        public void setAll(int[] to) {
            System.arraycopy(to, 0, kept, 0, to.length);
        }

        void copyTo(Numbers other) {
            other.setAll(kept);
        }
    }

    /** A body that no array of a field comes to, and that was not read for the plan. */
    private static int unread() {
        Kept one = new Kept(null);
        one.setAll(new int[] {1, 2, 3});
        Kept other = new Kept(one);
        other.turn();
        one.copyTo(other);
        one.turn();
        other.turn();
        return java.util.Arrays.hashCode(one.kept) * 3 + java.util.Arrays.hashCode(other.kept);
    }

    private static int[][] grid = {{1}, {2, 3}};
    private static int[][] shown = {{4}};

    public static int[][] shown() {
        return shown;
    }

    /** Copies of arrays of arrays, which javac does not cast before it compares them. */
    private static boolean compared() {
        return shown == java.util.Arrays.copyOf(grid, 1)
                || java.util.Arrays.copyOf(grid, 0) == shown
                || grid.clone() == shown()
                || shown() == grid.clone();
    }

    public static void main(String[] args) {
        FoundProgram found = new FoundProgram();
        char[] given = "given".toCharArray();
        found.take(given);
        System.out.println(found.mixed(given, true));
        System.out.println(found.mixed(given, false));
        System.out.println(new FoundProgram().loopThatStartsWithNew());
        System.out.println(new FoundProgram().passedAsAnObject());
        System.out.println(unread());
        System.out.println(compared());
    }
}
