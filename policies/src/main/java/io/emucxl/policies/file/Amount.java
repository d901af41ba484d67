package io.emucxl.policies.file;

import java.util.List;

/**
 * A number with a unit, such as {@code 1.5GiB}.
 *
 * <p>{@link #parse} gives the number times the unit's factor, rounded down, or throws an {@link
 * IllegalArgumentException} whose message is the end of an error: what is wrong; what would be
 * right.
 */
final class Amount {
    private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final long[] SIZE_FACTORS = {1, 1L << 10, 1L << 20, 1L << 30, 1L << 40};
    private static final List<String> DURATIONS = List.of("ns", "us", "ms", "s", "min");
    private static final long[] DURATION_FACTORS = {
        1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000L
    };
    private static final List<String> PERCENT = List.of("%");
    private static final long[] PERCENT_FACTORS = {10_000};
    private static final List<String> NONE = List.of("");
    private static final long[] NONE_FACTORS = {1};

    private Amount() {}

    static long size(String text) {
        return parse(text, text, SIZES, SIZE_FACTORS, "64MiB");
    }

    static long bandwidth(String text) {
        if (!text.endsWith("/s")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a bandwidth; write a size per second such as 1GiB/s");
        }
        String size = text.substring(0, text.length() - 2).trim();
        return parse(text, size, SIZES, SIZE_FACTORS, "1GiB/s");
    }

    static long duration(String text) {
        return parse(text, text, DURATIONS, DURATION_FACTORS, "100ms");
    }

    /** In millionths of the whole. */
    static long percent(String text) {
        return parse(text, text, PERCENT, PERCENT_FACTORS, "1%");
    }

    static long number(String text) {
        return parse(text, text, NONE, NONE_FACTORS, "1");
    }

    private static long parse(
            String whole, String text, List<String> units, long[] factors, String example) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        int dot = text.indexOf('.');
        if (end == 0
                || dot == 0
                || dot == end - 1
                || (dot >= 0 && text.indexOf('.', dot + 1) >= 0)
                || (dot >= 0 && factors.length == 1 && factors[0] == 1)) {
            throw new IllegalArgumentException(
                    "\"" + whole + "\" is not " + kind(units) + "; write it like " + example);
        }
        String unit = text.substring(end).trim();
        int which = units.indexOf(unit);
        if (which < 0) {
            throw new IllegalArgumentException(badUnit(whole, text.substring(0, end), unit, units));
        }
        return scale(whole, text.substring(0, end), factors[which]);
    }

    private static long scale(String whole, String digits, long factor) {
        int dot = digits.indexOf('.');
        String integer = dot < 0 ? digits : digits.substring(0, dot);
        try {
            long result = Math.multiplyExact(Long.parseLong(integer), factor);
            if (dot >= 0) {
                // Not Double.parseDouble, which loads a dozen classes. Six digits times 2^40 fit.
                int end = Math.min(digits.length(), dot + 7);
                long numerator = Long.parseLong(digits, dot + 1, end, 10);
                long denominator = 1;
                for (int i = dot + 1; i < end; i++) {
                    denominator *= 10;
                }
                result = Math.addExact(result, factor * numerator / denominator);
            }
            return result;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + whole + "\" is too large a number", e);
        }
    }

    private static String badUnit(String whole, String digits, String unit, List<String> units) {
        if (units.equals(NONE)) {
            return "\"" + whole + "\" is not a whole number; write it like 1";
        }
        String list = String.join(", ", units);
        if (unit.isEmpty()) {
            return "\"" + whole + "\" has no unit; write " + digits + " and one of " + list;
        }
        String meant = meant(unit, units);
        return "\""
                + whole
                + "\" has the unknown unit \""
                + unit
                + "\"; "
                + (meant == null
                        ? "units are " + list
                        : "did you mean "
                                + digits
                                + meant
                                + (whole.endsWith("/s") ? "/s" : "")
                                + "?");
    }

    /** The unit that was meant: MiB for MB, M and mib, s for sec; or null. */
    private static String meant(String unit, List<String> units) {
        String other = unit.equals("\u00b5s") || unit.equals("\u03bcs") ? "us" : unit;
        for (String candidate : units) {
            if (candidate.equalsIgnoreCase(other)) {
                return candidate;
            }
        }
        String longest = null;
        for (String candidate : units) {
            boolean begins = other.regionMatches(true, 0, candidate, 0, candidate.length());
            if (begins && (longest == null || candidate.length() > longest.length())) {
                longest = candidate;
            }
        }
        for (String candidate : units) {
            if (longest == null
                    && candidate.endsWith("iB")
                    && candidate.regionMatches(true, 0, other, 0, 1)
                    && other.length() < 3) {
                longest = candidate;
            }
        }
        if (longest != null) {
            return longest;
        }
        return NearestName.of(other, units);
    }

    private static String kind(List<String> units) {
        if (units.equals(SIZES)) {
            return "a size";
        }
        if (units.equals(DURATIONS)) {
            return "a duration";
        }
        return units.equals(PERCENT) ? "a percentage" : "a whole number";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
