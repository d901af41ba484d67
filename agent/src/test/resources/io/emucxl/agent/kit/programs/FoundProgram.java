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

    public static void main(String[] args) {
        FoundProgram found = new FoundProgram();
        char[] given = "given".toCharArray();
        found.take(given);
        System.out.println(found.mixed(given, true));
        System.out.println(found.mixed(given, false));
        System.out.println(new FoundProgram().loopThatStartsWithNew());
        System.out.println(new FoundProgram().passedAsAnObject());
    }
}
