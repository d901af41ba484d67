package io.emucxl.policies.file;

import java.util.List;
import java.util.Map;

/**
 * What a policy file says, with the default of every key that it leaves out. Immutable.
 *
 * @param mode what a refused target leads to
 * @param backend {@code auto}, {@code device}, {@code numa} or {@code emulated}
 * @param regionBytes the size of a region, a power of two from 64 KiB to 1 GiB
 * @param local the local tier
 * @param remote the remote tier
 * @param targets what is placed besides what {@code @RemoteTier} marks, in the file's order
 * @param placement where data goes
 * @param sampling how heat is found
 * @param migration how data moves
 * @param plan a plan that was made ahead, or null
 * @param values the same values by key, to find what has changed
 */
public record PolicyFile(
        Mode mode,
        String backend,
        long regionBytes,
        Tier local,
        Tier remote,
        List<Target> targets,
        Placement placement,
        Sampling sampling,
        Migration migration,
        Plan plan,
        KeyValues values) {

    /** What a refused target leads to. */
    public enum Mode {
        /** It stops the start. */
        STRICT,
        /** It stays on the heap and is reported. */
        WARN,
        /** The agent does nothing at all. */
        OFF
    }

    /**
     * A tier of memory.
     *
     * @param node the operating system's number of the NUMA node
     * @param capacity the bytes that placed data may occupy; 0 when the file says a share or
     *     nothing
     * @param share the same as a share of the node's memory, above 0 and at most 1; 0 when the file
     *     says bytes or nothing
     * @param profile a built-in device profile, or the path of a profile file, or "none" when
     *     nothing is charged
     */
    public record Tier(int node, long capacity, double share, String profile) {

        /**
         * The capacity in bytes on a node with so much memory; 0 when the backend is to choose it.
         */
        public long capacity(long nodeBytes) {
            return share > 0 ? (long) (share * nodeBytes) : capacity;
        }

        /** The capacity as a file says it: {@code 512MiB}, {@code 25%}; empty when it does not. */
        public String capacityText() {
            return share > 0
                    ? ScalarValue.percent(Math.round(share * 1e6))
                    : capacity > 0 ? ScalarValue.size(capacity) : "";
        }
    }

    /**
     * What is to be placed.
     *
     * @param line the line of the file where it is named, from 1
     * @param column its column, from 1
     * @param field a field as {@code package.Class.field}, or null
     * @param fields a pattern of fields, or null; exactly one of the two is set
     * @param exclude patterns of classes and fields that {@code fields} does not mean
     * @param minBytes arrays with fewer bytes of elements stay on the heap
     * @param start the tier where its arrays begin: 0 local, 1 remote
     * @param pin the tier where they stay: 0 local, 1 remote, -1 when they may move
     * @param priority 1 high, 0 normal, -1 low
     * @param copies whether callers that stay as they are get copies of arrays that are returned
     */
    public record Target(
            int line,
            int column,
            String field,
            String fields,
            List<String> exclude,
            long minBytes,
            int start,
            int pin,
            int priority,
            boolean copies) {

        /**
         * Whether it means this field.
         *
         * @param className the class that declares it, with dots, and {@code $} before a nested
         *     class
         * @param fieldName the field's name
         */
        public boolean matches(String className, String fieldName) {
            String full = className + "." + fieldName;
            if (field != null) {
                return field.equals(full);
            }
            if (!NamePattern.matches(fields, full)) {
                return false;
            }
            for (int i = 0; i < exclude.size(); i++) {
                if (NamePattern.matches(exclude.get(i), full)
                        || NamePattern.matches(exclude.get(i), className)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Where data goes.
     *
     * @param policy the name of a built-in policy, or a class name
     * @param parameters the policy's own parameters, as written
     * @param classPath jars and directories of a policy of the user's own
     * @param start the tier where new data begins: 0 local, 1 remote
     * @param minBytes arrays with fewer bytes of elements stay on the heap, unless their target
     *     says otherwise
     */
    public record Placement(
            String policy,
            Map<String, String> parameters,
            List<String> classPath,
            int start,
            long minBytes) {}

    /**
     * A plan that was made ahead of time.
     *
     * @param file its path
     * @param place who names it: {@code file:line:column}, or the system property
     */
    public record Plan(String file, String place) {}

    /**
     * How heat is found.
     *
     * @param windowNanos how long a sampling window is open, in nanoseconds
     * @param duty the share of time that windows are open, from 0 to 1; 0 samples nothing
     * @param overhead the share of the program's time that sampling may cost, above 0
     */
    public record Sampling(long windowNanos, double duty, double overhead) {}

    /**
     * How data moves.
     *
     * @param periodNanos the period between two decisions of the policy, in nanoseconds
     * @param bytesPerSecond the most that is moved; 0 moves nothing
     * @param headroom the share of the local capacity that promotions leave free, from 0 to 0.5
     * @param watermark the free share below which demotion begins, from 0 to {@code headroom}
     * @param batchBytes the most that is moved at a stretch, in bytes
     * @param inFlightBytes the most that is asked for and not yet moved, in bytes
     */
    public record Migration(
            long periodNanos,
            long bytesPerSecond,
            double headroom,
            double watermark,
            long batchBytes,
            long inFlightBytes) {}
}
