package io.emucxl.policies.simulator;

/**
 * LIRS. The stack of the paper is told by times: a unit is above the lowest hot one when it was
 * accessed after it, and with the history of all units the stack needs no bound.
 */
final class LirsCache implements Reference.Cache {
    private final int hotCapacity;
    private final int coldCapacity;
    private final UnitList hot;
    private final UnitList cold;
    private final int[] last;
    private int time;

    LirsCache(int units, int capacity) {
        coldCapacity = Math.min(capacity, Math.max(1, capacity / 100));
        hotCapacity = capacity - coldCapacity;
        hot = new UnitList(units);
        cold = new UnitList(units);
        last = new int[units];
    }

    @Override
    public boolean access(int unit) {
        int previous = last[unit];
        last[unit] = ++time;
        if (hot.contains(unit)) {
            hot.renew(unit);
            return true;
        }
        boolean hit = cold.contains(unit);
        if (hit) {
            cold.remove(unit);
        }
        if (hot.size() < hotCapacity) {
            hot.add(unit);
        } else if (hotCapacity > 0 && previous > last[hot.oldest()]) {
            cold.add(hot.removeOldest());
            hot.add(unit);
        } else {
            cold.add(unit);
        }
        if (cold.size() > coldCapacity) {
            cold.removeOldest();
        }
        return hit;
    }
}
