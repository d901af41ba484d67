package io.emucxl.policies.file;

import io.emucxl.policies.Policies;
import java.util.List;

/**
 * The value of a key from its text: a Long or a String. Errors are {@link
 * IllegalArgumentException}s whose message is what is wrong; what would be right.
 */
final class ScalarValue {
    private ScalarValue() {}

    static Object parse(Key key, String text) {
        KeyType type = key.type();
        if (type == KeyType.NAME) {
            return name(text, key.names());
        }
        if (type == KeyType.NUMBER) {
            return inRange(key, text, Amount.number(text));
        }
        if (type == KeyType.SIZE || type == KeyType.POWER_SIZE) {
            return size(key, text);
        }
        if (type == KeyType.CAPACITY) {
            return text.endsWith("%") ? -share(text) : inRange(key, text, Amount.size(text));
        }
        if (type == KeyType.DURATION) {
            return inRange(key, text, Amount.duration(text));
        }
        if (type == KeyType.PERCENT) {
            return inRange(key, text, Amount.percent(text));
        }
        if (type == KeyType.BANDWIDTH) {
            return inRange(key, text, Amount.bandwidth(text));
        }
        if (type == KeyType.POLICY) {
            return text.indexOf('.') > 0 ? javaName(key, text) : name(text, Policies.names());
        }
        if (type == KeyType.PROFILE) {
            String profile =
                    text.endsWith(DeviceProfiles.RELATIVE)
                            ? text.substring(0, text.length() - DeviceProfiles.RELATIVE.length())
                            : text;
            if (profile.indexOf('/') < 0 && !profile.endsWith(".yaml")) {
                name(profile, key.names());
            }
            return text;
        }
        if (type == KeyType.FIELD) {
            return javaName(key, text);
        }
        return type == KeyType.PATTERN || type == KeyType.PATTERNS ? pattern(text) : text;
    }

    private static Object size(Key key, String text) {
        long size = Amount.size(text);
        inRange(key, text, size);
        if (key.type() == KeyType.POWER_SIZE && Long.bitCount(size) != 1) {
            long below = Long.highestOneBit(size);
            throw new IllegalArgumentException(
                    text
                            + " is not a power of two; the nearest are "
                            + size(below)
                            + " and "
                            + size(below << 1));
        }
        return size;
    }

    private static Long share(String text) {
        long millionths = Amount.percent(text);
        if (millionths < 1 || millionths > 1_000_000) {
            throw new IllegalArgumentException(
                    text + " is out of range; write more than 0% and at most 100%");
        }
        return millionths;
    }

    private static String name(String text, List<String> valid) {
        if (!valid.contains(text)) {
            throw new IllegalArgumentException(
                    "unknown name \"" + text + "\"; " + NearestName.hint(text, valid));
        }
        return text;
    }

    private static Long inRange(Key key, String text, long value) {
        if (value < key.min() || value > key.max()) {
            if (key.min() == key.max()) {
                throw new IllegalArgumentException(
                        text + " is not known; it is " + written(key, key.min()));
            }
            throw new IllegalArgumentException(
                    text
                            + " is out of range; it is at least "
                            + written(key, key.min())
                            + " and at most "
                            + written(key, key.max()));
        }
        return value;
    }

    /** A value as a file would have it. */
    static String written(Key key, long value) {
        KeyType type = key.type();
        if (type == KeyType.CAPACITY && value < 0) {
            return percent(-value);
        }
        if (type == KeyType.DURATION) {
            return value % 1_000_000_000 == 0
                    ? value / 1_000_000_000 + "s"
                    : value % 1_000_000 == 0 ? value / 1_000_000 + "ms" : value / 1000 + "us";
        }
        if (type == KeyType.PERCENT) {
            return percent(value);
        }
        if (type == KeyType.NUMBER) {
            return Long.toString(value);
        }
        return type == KeyType.BANDWIDTH ? size(value) + "/s" : size(value);
    }

    /** Millionths of the whole as a percentage. */
    static String percent(long millionths) {
        return millionths % 10_000 == 0 ? millionths / 10_000 + "%" : millionths / 10_000.0 + "%";
    }

    /** In the largest unit that gives a whole number. */
    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        long value = bytes;
        while (unit < 4 && value != 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }

    private static String javaName(Key key, String text) {
        int parts = 1;
        boolean wrong = text.isEmpty() || text.endsWith(".");
        for (int i = 0; i < text.length() && !wrong; i++) {
            char c = text.charAt(i);
            boolean first = i == 0 || text.charAt(i - 1) == '.';
            if (c == '.') {
                parts++;
                wrong = first;
            } else {
                wrong =
                        first
                                ? !Character.isJavaIdentifierStart(c)
                                : !Character.isJavaIdentifierPart(c);
            }
        }
        if (wrong || parts < 2) {
            throw new IllegalArgumentException(badName(key, text, wrong));
        }
        return text;
    }

    private static String badName(Key key, String text, boolean wrong) {
        if (key.type() == KeyType.POLICY) {
            return "\"" + text + "\" is not the name of a class; write package.Class";
        }
        if (text.indexOf('*') >= 0) {
            return "\"" + text + "\" is a pattern; write it with the key fields";
        }
        String dotted = text.replace("::", ".").replace('#', '.').replace('/', '.');
        return "\""
                + text
                + (wrong ? "\" is not the name of a field" : "\" lacks its class")
                + "; write package.Class.field, with $ before a nested class"
                + (dotted.equals(text) || dotted.startsWith(".") || dotted.endsWith(".")
                        ? ""
                        : ": " + dotted);
    }

    private static String pattern(String text) {
        int stars = 0;
        boolean wrong = text.isEmpty() || text.endsWith(".");
        for (int i = 0; i < text.length() && !wrong; i++) {
            char c = text.charAt(i);
            if (c == '*') {
                stars++;
            } else if (c == '.') {
                wrong = i == 0 || text.charAt(i - 1) == '.';
            } else {
                wrong = !Character.isJavaIdentifierPart(c);
            }
        }
        if (wrong) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is not a pattern of names; write it like com.acme.index.** or"
                            + " com.acme.Index.*");
        }
        if (stars > 8) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has more than 8 stars; write several targets");
        }
        return text;
    }
}
