package io.emucxl.policies.file;

/** How a value is written, and what it is stored as. */
public enum KeyType {
    /** A whole number. */
    NUMBER("a whole number"),
    /** Bytes, with a unit of B, KiB, MiB, GiB or TiB. */
    SIZE("a size such as 64KiB"),
    /** Bytes, a power of two. */
    POWER_SIZE("a size such as 2MiB"),
    /** Bytes, or a percentage of the node's memory, which is stored as minus its millionths. */
    CAPACITY("a size such as 512MiB, or a percentage such as 25%"),
    /** Nanoseconds, with a unit of ns, us, ms, s or min. */
    DURATION("a duration such as 100ms"),
    /** A percentage, stored in millionths of the whole. */
    PERCENT("a percentage such as 1%"),
    /** Bytes per second: a size and {@code /s}. */
    BANDWIDTH("a bandwidth such as 1GiB/s"),
    /** One of the key's names. */
    NAME("a name"),
    /** The name of a policy or a user's policy class. */
    POLICY("the name of a policy"),
    /** A profile's name or the path of a profile file. */
    PROFILE("the name of a device profile"),
    /** A class or a field: names joined by dots. */
    FIELD("package.Class.field"),
    /** The same with {@code *} and {@code **}. */
    PATTERN("a pattern such as com.acme.index.**"),
    /** A list of patterns. */
    PATTERNS("a list of patterns such as [com.acme.Tiny]"),
    /** A path. */
    PATH("the path of a file"),
    /** A list of paths. */
    PATHS("a list of paths such as [policies.jar]"),
    /** A mapping of names to scalars. */
    PARAMETERS("a mapping of names to values");

    private final String expected;

    KeyType(String expected) {
        this.expected = expected;
    }

    /** What a value is, as a phrase: {@code a size such as 64KiB}. */
    public String expected() {
        return expected;
    }
}
