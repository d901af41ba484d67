package io.emucxl.kv.server;

/** Matches byte strings against the patterns of KEYS and SCAN: {@code * ? [a-z] [^a] \x}. */
final class Glob {
    private Glob() {}

    /** Linear in the text for every star: there is no pattern that takes exponential time. */
    static boolean matches(byte[] pattern, byte[] text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = ++p;
                retry = t;
                continue;
            }
            int end = p < pattern.length ? element(pattern, p, text[t]) : -1;
            if (end >= 0) {
                p = end;
                t++;
            } else if (star >= 0) {
                p = star;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** The end of the pattern's element at {@code p} when it matches the byte, or -1. */
    private static int element(byte[] pattern, int p, byte c) {
        return switch (pattern[p]) {
            case '?' -> p + 1;
            case '[' -> set(pattern, p + 1, c & 0xff);
            case '\\' -> {
                int quoted = Math.min(p + 1, pattern.length - 1);
                yield pattern[quoted] == c ? quoted + 1 : -1;
            }
            default -> pattern[p] == c ? p + 1 : -1;
        };
    }

    private static int set(byte[] pattern, int start, int c) {
        int p = start;
        boolean inverted = p < pattern.length && pattern[p] == '^';
        if (inverted) {
            p++;
        }
        boolean found = false;
        while (p < pattern.length && pattern[p] != ']') {
            if (pattern[p] == '\\' && p + 1 < pattern.length) {
                p++;
            }
            int from = pattern[p] & 0xff;
            int to = from;
            if (p + 2 < pattern.length && pattern[p + 1] == '-') {
                to = pattern[p + 2] & 0xff;
                p += 2;
            }
            found |= c >= Math.min(from, to) && c <= Math.max(from, to);
            p++;
        }
        return found != inverted ? Math.min(p + 1, pattern.length) : -1;
    }
}
