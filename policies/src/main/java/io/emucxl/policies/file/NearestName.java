package io.emucxl.policies.file;

import java.util.List;
import java.util.Locale;

/** The name that was meant by one with a typing mistake, by edit distance. */
public final class NearestName {
    private NearestName() {}

    /**
     * The end of an error message: {@code did you mean "mode"?} when a name is near, or else all
     * the valid names.
     */
    public static String hint(String wrong, List<String> valid) {
        String nearest = of(wrong, valid);
        if (nearest != null) {
            return "did you mean \"" + nearest + "\"?";
        }
        StringBuilder all =
                new StringBuilder(valid.size() == 1 ? "the valid name is " : "valid names are ");
        for (int i = 0; i < valid.size(); i++) {
            all.append(i == 0 ? "" : ", ").append(valid.get(i));
        }
        return all.toString();
    }

    /**
     * The nearest of these names when it is near enough to have been meant, or null: at most a
     * third of the letters differ, whatever their case.
     */
    public static String of(String wrong, List<String> valid) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : valid) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best != null && least <= Math.max(1, Math.max(wrong.length(), best.length()) / 3)
                ? best
                : null;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that make one the other. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least =
                        Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, before[j - 2] + 1);
                }
                row[j] = least;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
