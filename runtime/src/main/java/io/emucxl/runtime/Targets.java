package io.emucxl.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The targets that arrays are allocated for, by number. */
public final class Targets {
    /** The number of an array that was allocated for no target. */
    static final int NONE = -1;

    /** The start tier of a target that leaves the choice to {@link Settings#startTier}. */
    public static final int DEFAULT_TIER = -1;

    /**
     * A target as registered.
     *
     * @param name the name under which its bytes are reported
     * @param settings what is wanted for its arrays
     */
    record Entry(String name, TargetSettings settings) {}

    /** By number, with room for more. Written anew after each change, so that readers see it. */
    private static volatile Entry[] entries = new Entry[16];

    private static volatile int count;
    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static byte[] wishes = {};

    private Targets() {}

    /**
     * Gives a target its number. A name that is registered already keeps its number and what was
     * said of it first.
     *
     * @param name the name under which the target's bytes are reported
     * @param minBytes arrays with fewer bytes of elements stay on the heap; at least 0
     * @param startTier the tier where its arrays begin: 0 local, 1 remote, -1 the default one
     * @return the number that {@code allocate} takes
     */
    public static int register(String name, long minBytes, int startTier) {
        return register(name, new TargetSettings(minBytes, startTier, -1, 0));
    }

    /** The same with all that can be wanted for a target. */
    public static synchronized int register(String name, TargetSettings settings) {
        Integer known = NUMBERS.get(name);
        if (known != null) {
            return known;
        }
        int number = count;
        if (number > Short.MAX_VALUE) {
            throw new IllegalStateException("more than " + number + " targets");
        }
        Entry[] all = entries;
        all = number < all.length ? all : Arrays.copyOf(all, 2 * number);
        all[number] = new Entry(name, settings);
        byte wanted = settings.wishes();
        if (wanted != 0) {
            wishes = grown(wishes, number + 1);
            wishes[number] = wanted;
            if (TieredRuntime.started()) {
                Blocks.wishesOfNewTargets(wishes);
            }
        }
        NUMBERS.put(name, number);
        entries = all;
        count = number + 1;
        TieredRuntime.targetRegistered();
        return number;
    }

    /**
     * Changes what is wanted for a target: for new arrays at once, and where there are arrays
     * already, for the regions in which they lie.
     */
    public static synchronized void change(int target, TargetSettings settings) {
        Entry[] changed = entries.clone();
        changed[target] = new Entry(entry(target).name(), settings);
        entries = changed;
        byte wanted = settings.wishes();
        byte before = target < wishes.length ? wishes[target] : 0;
        if (wanted != before) {
            wishes = grown(wishes, target + 1);
            wishes[target] = wanted;
            if (TieredRuntime.started()) {
                Blocks.wishes(wishes);
            }
        }
    }

    /** Called once, when the runtime has its region space. */
    static synchronized void spaceStarted() {
        if (wishes.length > 0) {
            Blocks.wishesOfNewTargets(wishes);
        }
    }

    /** A copy with room for so many targets: the old one is in use. */
    private static byte[] grown(byte[] wishes, int targets) {
        return Arrays.copyOf(wishes, Math.max(targets, wishes.length));
    }

    /** How many targets there are; their numbers are those below. */
    public static int count() {
        return count;
    }

    /** The name of a target. */
    public static String name(int target) {
        return entry(target).name();
    }

    /**
     * The live bytes of every target in every tier, counted now by walking over all arrays in the
     * region space. An array that spans regions counts in each by its share.
     *
     * @return {@code [target][tier]}
     */
    public static long[][] bytes() {
        long[][] bytes = new long[count][2];
        if (TieredRuntime.started()) {
            Blocks.count(bytes);
        }
        return bytes;
    }

    static Entry entry(int target) {
        Entry[] all = entries;
        if (target < 0 || target >= all.length || all[target] == null) {
            throw new IllegalStateException("target " + target + " is not registered");
        }
        return all[target];
    }
}
