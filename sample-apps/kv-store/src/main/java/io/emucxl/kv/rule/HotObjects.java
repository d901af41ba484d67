package io.emucxl.kv.rule;

/**
 * Keeps the objects local that were accessed most often since the workload last changed. A remote
 * object takes the place of the coldest local ones when its count exceeds theirs together, so that
 * objects of equal heat never trade places.
 */
public final class HotObjects implements PlacementRule {
    /*
     * Counts find the hot set faster than recency when the odds are stable, and keep it through
     * scans; but after a change of phase they defend what was hot once. A tiered memory sees every
     * access, so what LRU would do in the same room can be followed exactly by a list of slots, with
     * nothing moved. Only the accesses that one of both serves locally and the other does not tell
     * them apart (McNemar, Psychometrika 12, 1947). If both were equally good, LRU would be the
     * better one in half of these. The evidence against counts is a cumulative sum of log
     * likelihood ratios of "in 7 of 10" to "in 5 of 10" that restarts at zero (Page, Biometrika 41,
     * 1954); when it reaches ln 10,000, all counts are forgotten and learned anew. As no expected
     * local share, window or phase length enters, nothing has to be tuned to a workload.
     *
     * Counts halve every ten accesses per object, as the sketch of TinyLFU does (Einziger, Friedman
     * and Manes, ACM TOS 13, 2017).
     */
    private static final double FOR_RECENCY = Math.log(0.7 / 0.5);
    private static final double FOR_COUNTS = Math.log(0.3 / 0.5);
    private static final double CONVINCED = Math.log(10_000);
    private static final long ACCESSES_PER_OBJECT = 10;
    private static final long LEAST_ACCESSES = 1000;

    private final Tiers tiers;
    private final CountOrder local = new CountOrder();
    private final SlotList recent = new SlotList();
    private long recentSize;
    private double evidence;
    private long accesses;
    private int objects;

    /** A rule over these tiers. */
    public HotObjects(Tiers tiers) {
        this.tiers = tiers;
    }

    @Override
    public String name() {
        return "hotset";
    }

    @Override
    public int place(long size) {
        if (canMakeRoom(size)) {
            while (!tiers.hasRoom(Tiers.LOCAL, size) && demote(local.coldest())) {
                // one more place is free
            }
            if (tiers.hasRoom(Tiers.LOCAL, size)) {
                return Tiers.LOCAL;
            }
        }
        return tiers.hasRoom(Tiers.REMOTE, size) ? Tiers.REMOTE : -1;
    }

    /** Whether remote memory has room for all that must leave: else none is to move. */
    private boolean canMakeRoom(long size) {
        long missing = size - (tiers.capacity(Tiers.LOCAL) - tiers.used(Tiers.LOCAL));
        long leaving = 0;
        for (int slot = local.coldest(); missing > leaving; slot = local.warmer(slot)) {
            if (slot < 0) {
                return false;
            }
            leaving += tiers.size(slot);
        }
        return tiers.hasRoom(Tiers.REMOTE, leaving);
    }

    @Override
    public void added(int slot) {
        objects++;
        if (tiers.node(slot) == Tiers.LOCAL) {
            local.add(slot);
        }
        touch(slot);
    }

    @Override
    public void accessed(int slot) {
        boolean isLocal = tiers.node(slot) == Tiers.LOCAL;
        boolean isRecent = touch(slot);
        if (isLocal != isRecent) {
            weigh(isRecent);
        }
        count(slot);
        if (!isLocal && claims(slot, tiers.size(slot)) && promote(slot)) {
            local.add(slot);
        }
    }

    /**
     * An object that is written again keeps its count, and its place unless it has earned a better.
     */
    @Override
    public int replace(int slot, long size) {
        boolean wasLocal = tiers.node(slot) == Tiers.LOCAL;
        leave(slot);
        count(slot);
        if (wasLocal || claims(slot, size) || !tiers.hasRoom(Tiers.REMOTE, size)) {
            return place(size);
        }
        return Tiers.REMOTE;
    }

    @Override
    public void removed(int slot) {
        leave(slot);
        local.forget(slot);
    }

    private void leave(int slot) {
        objects--;
        if (local.contains(slot)) {
            local.remove(slot);
        }
        if (recent.contains(slot)) {
            recent.remove(slot);
            recentSize -= tiers.size(slot);
        }
    }

    /** Does what LRU would do, and tells whether it would have found the object local. */
    private boolean touch(int slot) {
        if (recent.contains(slot)) {
            recent.moveToHead(slot);
            return true;
        }
        recent.addHead(slot);
        recentSize += tiers.size(slot);
        while (recentSize > tiers.capacity(Tiers.LOCAL)) {
            int last = recent.tail();
            recent.remove(last);
            recentSize -= tiers.size(last);
        }
        return false;
    }

    private void weigh(boolean recencyWasRight) {
        evidence = Math.max(0, evidence + (recencyWasRight ? FOR_RECENCY : FOR_COUNTS));
        if (evidence > CONVINCED) {
            evidence = 0;
            accesses = 0;
            local.forgetAll();
        }
    }

    private void count(int slot) {
        if (++accesses >= Math.max(LEAST_ACCESSES, ACCESSES_PER_OBJECT * objects)) {
            accesses = 0;
            local.halve();
        }
        local.increment(slot);
    }

    /** Whether a remote object was accessed more often than all that would make room for it. */
    private boolean claims(int slot, long size) {
        if (size > tiers.capacity(Tiers.LOCAL)) {
            return false;
        }
        long missing = size - (tiers.capacity(Tiers.LOCAL) - tiers.used(Tiers.LOCAL));
        int count = local.count(slot);
        for (int victim = local.coldest(); missing > 0; victim = local.warmer(victim)) {
            if (victim < 0) {
                return false;
            }
            count -= local.count(victim);
            if (count <= 0) {
                return false;
            }
            missing -= tiers.size(victim);
        }
        return true;
    }

    private boolean promote(int slot) {
        long size = tiers.size(slot);
        while (!tiers.hasRoom(Tiers.LOCAL, size)) {
            int victim = local.coldest();
            if (victim >= 0 && tiers.exchange(slot, victim)) {
                local.remove(victim);
                return true;
            }
            if (!demote(victim)) {
                return false;
            }
        }
        return tiers.move(slot, Tiers.LOCAL);
    }

    private boolean demote(int slot) {
        if (slot < 0 || !tiers.move(slot, Tiers.REMOTE)) {
            return false;
        }
        local.remove(slot);
        return true;
    }
}
