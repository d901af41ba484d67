package io.emucxl.policies.file;

/**
 * Patterns of names that are joined by dots: {@code *} is any part of one name, {@code **} any
 * number of characters, dots among them.
 */
final class NamePattern {
    private NamePattern() {}

    static boolean matches(String pattern, String name) {
        return matches(pattern, 0, name, 0);
    }

    private static boolean matches(String pattern, int p, String name, int n) {
        while (p < pattern.length()) {
            char c = pattern.charAt(p);
            if (c != '*') {
                if (n == name.length() || name.charAt(n) != c) {
                    return false;
                }
                p++;
                n++;
                continue;
            }
            boolean dots = pattern.startsWith("**", p);
            int rest = p;
            while (rest < pattern.length() && pattern.charAt(rest) == '*') {
                rest++;
            }
            if (dots && rest == pattern.length()) {
                return true;
            }
            for (int i = n; ; i++) {
                if (matches(pattern, rest, name, i)) {
                    return true;
                }
                if (i == name.length() || (!dots && name.charAt(i) == '.')) {
                    return false;
                }
            }
        }
        return n == name.length();
    }
}
