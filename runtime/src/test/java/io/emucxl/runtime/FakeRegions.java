package io.emucxl.runtime;

import java.util.HashSet;
import java.util.Set;

/** Regions without memory: a table of tiers, and marks that a test makes. */
final class FakeRegions implements Regions {
    static final long BYTES = 1 << 16;

    final byte[] tiers;
    final long[] reads;
    final long[] writes;
    final boolean[] pinned;
    final byte[] pins;
    final byte[] priorities;
    boolean claimed;
    boolean newPins;
    final long[] capacity = new long[2];

    /** Whether somebody else has taken the memory of a tier's node. */
    final boolean[] taken = new boolean[2];

    final Set<Integer> stuck = new HashSet<>();
    int migrations;
    int attempts;

    /** So many regions, all remote, and room for so many local ones. */
    FakeRegions(int regions, int localRoom) {
        tiers = new byte[regions];
        java.util.Arrays.fill(tiers, (byte) 1);
        reads = new long[regions];
        writes = new long[regions];
        pinned = new boolean[regions];
        pins = new byte[regions];
        java.util.Arrays.fill(pins, (byte) -1);
        priorities = new byte[regions];
        capacity[0] = localRoom * BYTES;
        capacity[1] = regions * BYTES;
    }

    @Override
    public long regionBytes() {
        return BYTES;
    }

    @Override
    public int count() {
        return tiers.length;
    }

    @Override
    public int tier(int region) {
        return tiers[region];
    }

    @Override
    public boolean pinned(int region) {
        return pinned[region];
    }

    /** Lets targets want these regions to stay on a tier, -1 for none. */
    void pin(int tier, int... wanted) {
        claimed = true;
        newPins = true;
        for (int region : wanted) {
            pins[region] = (byte) tier;
        }
    }

    void priority(int priority, int... wanted) {
        claimed = true;
        for (int region : wanted) {
            priorities[region] = (byte) priority;
        }
    }

    @Override
    public int pin(int region) {
        return pins[region];
    }

    @Override
    public int priority(int region) {
        return priorities[region];
    }

    @Override
    public boolean claimed() {
        return claimed;
    }

    @Override
    public boolean takeNewPins() {
        boolean taken = newPins;
        newPins = false;
        return taken;
    }

    @Override
    public long capacity(int tier) {
        return capacity[tier];
    }

    @Override
    public long used(int tier) {
        long used = 0;
        for (byte each : tiers) {
            used += each == tier ? BYTES : 0;
        }
        return used;
    }

    @Override
    public void harvest(Touched into) {
        for (int i = 0; i < tiers.length; i++) {
            if (reads[i] + writes[i] > 0) {
                into.add(i, reads[i], writes[i]);
                reads[i] = 0;
                writes[i] = 0;
            }
        }
    }

    @Override
    public int migrate(int region, int tier) {
        attempts++;
        if (tiers[region] < 0 || pinned[region]) {
            return 22;
        }
        if (stuck.contains(region)) {
            return 16;
        }
        if (taken[tier] || used(tier) + BYTES > capacity[tier]) {
            return 12;
        }
        tiers[region] = (byte) tier;
        migrations++;
        return 0;
    }

    int local() {
        return (int) (used(0) / BYTES);
    }
}
