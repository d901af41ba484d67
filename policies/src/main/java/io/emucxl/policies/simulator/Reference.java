package io.emucxl.policies.simulator;

import io.emucxl.policies.file.NearestName;
import java.util.ArrayList;
import java.util.List;

/** What policies are measured against: two that know the future, and the classic caches. */
enum Reference {
    /**
     * Belady's rule with bypass: of what is local and the unit accessed, drops the furthest next.
     */
    OPT("opt"),
    /** The units with the most accesses, placed beforehand; a first access counts as remote. */
    BEST_STATIC("best-static"),
    /** Least frequently used over the full history, ties by recency, with bypass. */
    LFU("lfu"),
    /** Megiddo and Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003. */
    ARC("arc"),
    /** Jiang and Zhang, SIGMETRICS 2002, with 1 % of the room for newcomers. */
    LIRS("lirs"),
    /** Einziger et al., "TinyLFU", 2017, with a window of 1 %. */
    W_TINYLFU("w-tinylfu");

    private final String text;

    Reference(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Reference reference : values()) {
            names.add(reference.text);
        }
        return names;
    }

    /** The reference of this name, or null. */
    static Reference of(String name) {
        for (Reference reference : values()) {
            if (reference.text.equals(name)) {
                return reference;
            }
        }
        return null;
    }

    /** The error for a name that is neither a policy nor a reference. */
    static IllegalArgumentException unknown(String name, List<String> policies) {
        List<String> all = new ArrayList<>(policies);
        all.addAll(names());
        return new IllegalArgumentException(
                "unknown policy \"" + name + "\"; " + NearestName.hint(name, all));
    }

    /** The accesses that are local. */
    long play(Trace trace, int capacity) {
        return switch (this) {
            case OPT -> Foresight.belady(trace, capacity);
            case BEST_STATIC -> Foresight.bestStatic(trace, capacity);
            case LFU -> play(trace, new LfuCache(trace.units(), capacity));
            case ARC -> play(trace, new ArcCache(trace.units(), capacity));
            case LIRS -> play(trace, new LirsCache(trace.units(), capacity));
            case W_TINYLFU -> play(trace, new TinyLfuCache(trace.units(), capacity));
        };
    }

    private static long play(Trace trace, Cache cache) {
        long hits = 0;
        for (int i = 0; i < trace.accesses(); i++) {
            if (cache.access(trace.unit(i))) {
                hits++;
            }
        }
        return hits;
    }

    /** A cache of a fixed number of units. */
    interface Cache {
        /** Accesses a unit, and returns whether it was in the cache. */
        boolean access(int unit);
    }
}
