package io.emucxl.policies.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Every key of the policy file: the one table from which the reader, the system properties, the
 * JSON Schema and the documentation are made.
 */
public final class PolicyKeys {
    /** The section whose value is a list: a key {@code targets.x} belongs to its elements. */
    public static final String TARGETS = "targets";

    /** The built-in device profiles, and {@code none}, with which nothing is charged. */
    public static final List<String> PROFILES =
            List.of(
                    "none",
                    "local-dram",
                    "remote-socket",
                    "cxl-2.0-x8",
                    "cxl-asic",
                    "cxl-fpga",
                    "slow");

    /** The system properties {@code emucxl.*} that are not keys of the policy file. */
    public static final List<String> OTHER_PROPERTIES =
            List.of("emucxl.report", "emucxl.record", "emucxl.library.dir", "emucxl.dump");

    private static final long KIB = 1024;
    private static final long GIB = KIB * KIB * KIB;
    private static final long MS = 1_000_000;
    private static final List<String> TIERS = List.of("local", "remote");
    private static final List<String> ANY = List.of();

    static final Key VERSION =
            key("version", KeyType.NUMBER, 1, 1, "1", ANY, "The version of this format.");
    static final Key MODE =
            key(
                    "mode",
                    KeyType.NAME,
                    0,
                    0,
                    "warn",
                    List.of("strict", "warn", "off"),
                    "strict: a refused target stops the start; warn: it stays on the heap and is"
                            + " reported; off: the agent does nothing.");
    static final Key BACKEND =
            key(
                    "backend",
                    KeyType.NAME,
                    0,
                    0,
                    "auto",
                    List.of("auto", "device", "numa", "emulated"),
                    "How the tiers are made; auto takes the first of the others that the machine"
                            + " has.");
    static final Key REGION_SIZE =
            key(
                    "regionSize",
                    KeyType.POWER_SIZE,
                    64 * KIB,
                    GIB,
                    "2MiB",
                    ANY,
                    "The unit of placement and migration.");
    static final Key LOCAL_NODE =
            key("tiers.local.node", KeyType.NUMBER, 0, 1023, "0", ANY, "The NUMA node.");
    static final Key LOCAL_CAPACITY =
            key(
                    "tiers.local.capacity",
                    KeyType.CAPACITY,
                    64 * KIB,
                    1L << 46,
                    "",
                    ANY,
                    "The bytes that placed data may occupy, or a percentage of the node's memory.");
    static final Key LOCAL_PROFILE =
            key(
                    "tiers.local.profile",
                    KeyType.PROFILE,
                    0,
                    0,
                    "none",
                    PROFILES,
                    "The device profile that is charged for the local tier.");
    static final Key REMOTE_NODE =
            key("tiers.remote.node", KeyType.NUMBER, 0, 1023, "1", ANY, "The NUMA node.");
    static final Key REMOTE_CAPACITY =
            key(
                    "tiers.remote.capacity",
                    KeyType.CAPACITY,
                    64 * KIB,
                    1L << 46,
                    "",
                    ANY,
                    "The bytes that placed data may occupy, or a percentage of the node's memory.");
    static final Key REMOTE_PROFILE =
            key(
                    "tiers.remote.profile",
                    KeyType.PROFILE,
                    0,
                    0,
                    "none",
                    PROFILES,
                    "The device profile that is charged for the remote tier; with the word relative"
                            + " behind it, as a multiple of the machine's own memory.");
    static final Key PLAN =
            key(
                    "plan",
                    KeyType.PATH,
                    0,
                    0,
                    "",
                    ANY,
                    "A plan that explain --plan stored for these targets and this class path; the"
                            + " analysis is then skipped at the start.");
    static final Key FIELD =
            key("targets.field", KeyType.FIELD, 0, 0, "", ANY, "A field: package.Class.field.");
    static final Key FIELDS =
            key(
                    "targets.fields",
                    KeyType.PATTERN,
                    0,
                    0,
                    "",
                    ANY,
                    "Every eligible array field whose package.Class.field matches: * stands for"
                            + " any part of one name, ** for any number of names.");
    static final Key EXCLUDE =
            key(
                    "targets.exclude",
                    KeyType.PATTERNS,
                    0,
                    0,
                    "",
                    ANY,
                    "Classes and fields that fields does not mean.");
    static final Key TARGET_MIN_BYTES =
            key(
                    "targets.minBytes",
                    KeyType.SIZE,
                    0,
                    1L << 46,
                    "",
                    ANY,
                    "Smaller arrays stay on the heap; placement.minBytes when absent.");
    static final Key TARGET_START =
            key(
                    "targets.start",
                    KeyType.NAME,
                    0,
                    0,
                    "",
                    TIERS,
                    "The tier where its arrays begin; placement.start when absent.");
    static final Key TARGET_PIN =
            key(
                    "targets.pin",
                    KeyType.NAME,
                    0,
                    0,
                    "",
                    TIERS,
                    "The tier where its arrays begin and stay. A region that they share with small"
                            + " arrays of other targets stays with them.");
    static final Key TARGET_PRIORITY =
            key(
                    "targets.priority",
                    KeyType.NAME,
                    0,
                    0,
                    "normal",
                    List.of("low", "normal", "high"),
                    "No region is demoted to make room for one of lower priority, and an access"
                            + " weighs four times one of the next lower priority.");
    static final Key TARGET_ON_ESCAPE =
            key(
                    "targets.onEscape",
                    KeyType.NAME,
                    0,
                    0,
                    "refuse",
                    List.of("refuse", "copy"),
                    "copy: where an array would be returned to callers that stay as they are, they"
                            + " get a copy of it; right when they only read it at once.");
    static final Key POLICY =
            key(
                    "placement.policy",
                    KeyType.POLICY,
                    0,
                    0,
                    "hotset",
                    ANY,
                    "The placement policy: a name, or a class found on placement.classPath.");
    static final Key PARAMETERS =
            key(
                    "placement.parameters",
                    KeyType.PARAMETERS,
                    0,
                    0,
                    "",
                    ANY,
                    "The policy's own parameters.");
    static final Key CLASS_PATH =
            key(
                    "placement.classPath",
                    KeyType.PATHS,
                    0,
                    0,
                    "",
                    ANY,
                    "Jars and directories of a policy of one's own.");
    static final Key START =
            key(
                    "placement.start",
                    KeyType.NAME,
                    0,
                    0,
                    "remote",
                    TIERS,
                    "The tier where new data begins.");
    static final Key MIN_BYTES =
            key(
                    "placement.minBytes",
                    KeyType.SIZE,
                    0,
                    1L << 46,
                    "4KiB",
                    ANY,
                    "Arrays with fewer bytes of elements stay on the heap.");
    static final Key WINDOW =
            key(
                    "placement.sampling.window",
                    KeyType.DURATION,
                    10_000,
                    1000 * MS,
                    "1ms",
                    ANY,
                    "How long a sampling window is open.");
    static final Key DUTY =
            key(
                    "placement.sampling.duty",
                    KeyType.PERCENT,
                    0,
                    1_000_000,
                    "1%",
                    ANY,
                    "The share of time that windows are open; 0% samples nothing.");
    static final Key OVERHEAD =
            key(
                    "placement.sampling.overhead",
                    KeyType.PERCENT,
                    100,
                    1_000_000,
                    "1%",
                    ANY,
                    "The share of the program's time that sampling may cost; the duty goes down to"
                            + " keep it.");
    static final Key EVERY =
            key(
                    "placement.migration.every",
                    KeyType.DURATION,
                    MS,
                    3_600_000 * MS,
                    "100ms",
                    ANY,
                    "The period between two decisions of the policy.");
    static final Key BANDWIDTH =
            key(
                    "placement.migration.bandwidth",
                    KeyType.BANDWIDTH,
                    0,
                    1L << 46,
                    "1GiB/s",
                    ANY,
                    "The most that is moved; 0B/s moves nothing.");
    static final Key HEADROOM =
            key(
                    "placement.migration.headroom",
                    KeyType.PERCENT,
                    0,
                    500_000,
                    "2%",
                    ANY,
                    "The share of the local capacity that promotions leave free for new data.");
    static final Key WATERMARK =
            key(
                    "placement.migration.watermark",
                    KeyType.PERCENT,
                    0,
                    500_000,
                    "",
                    ANY,
                    "When new data has left less than this share of the local capacity free, the"
                            + " policy demotes until the headroom is free again; half the headroom"
                            + " when absent.");
    static final Key BATCH =
            key(
                    "placement.migration.batch",
                    KeyType.SIZE,
                    0,
                    1L << 46,
                    "16MiB",
                    ANY,
                    "The most that is moved at a stretch, before bandwidth is waited for; a region"
                            + " is moved whole.");
    static final Key IN_FLIGHT =
            key(
                    "placement.migration.inFlight",
                    KeyType.SIZE,
                    0,
                    1L << 46,
                    "256MiB",
                    ANY,
                    "The most that a decision may ask for, so that as many pages at most wait to be"
                            + " moved; one region at least.");

    private static final List<Key> ALL =
            List.of(
                    VERSION,
                    MODE,
                    BACKEND,
                    REGION_SIZE,
                    LOCAL_NODE,
                    LOCAL_CAPACITY,
                    LOCAL_PROFILE,
                    REMOTE_NODE,
                    REMOTE_CAPACITY,
                    REMOTE_PROFILE,
                    PLAN,
                    FIELD,
                    FIELDS,
                    EXCLUDE,
                    TARGET_MIN_BYTES,
                    TARGET_START,
                    TARGET_PIN,
                    TARGET_PRIORITY,
                    TARGET_ON_ESCAPE,
                    POLICY,
                    PARAMETERS,
                    CLASS_PATH,
                    START,
                    MIN_BYTES,
                    WINDOW,
                    DUTY,
                    OVERHEAD,
                    EVERY,
                    BANDWIDTH,
                    HEADROOM,
                    WATERMARK,
                    BATCH,
                    IN_FLIGHT);

    /** Those that can change while the program runs. */
    private static final List<Key> LIVE =
            List.of(
                    LOCAL_CAPACITY,
                    REMOTE_CAPACITY,
                    TARGET_MIN_BYTES,
                    TARGET_START,
                    TARGET_PIN,
                    TARGET_PRIORITY,
                    POLICY,
                    PARAMETERS,
                    CLASS_PATH,
                    START,
                    MIN_BYTES,
                    WINDOW,
                    DUTY,
                    OVERHEAD,
                    EVERY,
                    BANDWIDTH,
                    HEADROOM,
                    WATERMARK,
                    BATCH,
                    IN_FLIGHT);

    private PolicyKeys() {}

    private static Key key(
            String path,
            KeyType type,
            long min,
            long max,
            String fallback,
            List<String> names,
            String meaning) {
        return new Key(path, type, min, max, fallback, names, meaning);
    }

    /** The keys, in the order in which the documentation shows them. */
    public static List<Key> all() {
        return ALL;
    }

    /** Whether the key can change while the program runs. */
    static boolean isLive(Key key) {
        for (Key live : LIVE) {
            if (live.path().equals(key.path())) {
                return true;
            }
        }
        return false;
    }

    /** The position of a key of this table. */
    static int indexOf(Key key) {
        // Not List.indexOf: the equals of a record links an invokedynamic, which is slow.
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).path().equals(key.path())) {
                return i;
            }
        }
        throw new IllegalArgumentException(key.path());
    }

    /** The key of this path, or null. */
    static Key find(String path) {
        for (Key key : ALL) {
            if (key.path().equals(path)) {
                return key;
            }
        }
        return null;
    }

    /** Whether keys stand below this path. */
    static boolean isSection(String path) {
        for (Key key : ALL) {
            if (key.path().startsWith(path) && key.path().startsWith(".", path.length())) {
                return true;
            }
        }
        return false;
    }

    /** The names that may stand in a section, in their order; the top is an empty string. */
    static List<String> names(String section) {
        List<String> names = new ArrayList<>();
        int from = section.isEmpty() ? 0 : section.length() + 1;
        for (Key key : ALL) {
            String path = key.path();
            if (from > 0 && !path.startsWith(section + ".")) {
                continue;
            }
            int dot = path.indexOf('.', from);
            String name = path.substring(from, dot < 0 ? path.length() : dot);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
