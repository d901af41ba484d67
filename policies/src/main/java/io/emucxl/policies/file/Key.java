package io.emucxl.policies.file;

import java.util.List;

/**
 * A key of the policy file.
 *
 * @param path the names from the top, joined by dots; a key of an element of {@code targets} begins
 *     with {@code targets.}
 * @param type how its value is written
 * @param min the least value: bytes, nanoseconds, bytes per second, millionths, or a number
 * @param max the greatest
 * @param fallback what holds when the key is absent, written as in the file; empty for nothing
 * @param names the valid names of a value of type {@link KeyType#NAME}
 * @param meaning what it says, a sentence
 */
public record Key(
        String path,
        KeyType type,
        long min,
        long max,
        String fallback,
        List<String> names,
        String meaning) {

    /** What a value is, as a phrase: {@code a size such as 64KiB}, {@code one of strict, warn}. */
    public String expected() {
        return type == KeyType.NAME ? "one of " + String.join(", ", names) : type.expected();
    }

    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The section that the key stands in, or an empty string at the top. */
    public String section() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
