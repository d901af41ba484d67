package io.emucxl.policies.simulator;

/**
 * W-TinyLFU: newcomers pass a window of 1 %, then must have been accessed more often than the
 * victim of a segmented LRU, 80 % of it protected. Counts are exact where the paper has a sketch,
 * at most 15, and halved every ten accesses a place.
 */
final class TinyLfuCache implements Reference.Cache {
    private static final int MOST = 15;

    private final int windowCapacity;
    private final int mainCapacity;
    private final int protectedCapacity;
    private final UnitList window;
    private final UnitList probation;
    private final UnitList guarded;
    private final byte[] counts;
    private final long halveEvery;
    private long sinceHalving;

    TinyLfuCache(int units, int capacity) {
        windowCapacity = Math.min(capacity, Math.max(1, capacity / 100));
        mainCapacity = capacity - windowCapacity;
        protectedCapacity = mainCapacity * 4 / 5;
        window = new UnitList(units);
        probation = new UnitList(units);
        guarded = new UnitList(units);
        counts = new byte[units];
        halveEvery = Math.max(1, 10L * capacity);
    }

    @Override
    public boolean access(int unit) {
        count(unit);
        if (window.contains(unit)) {
            window.renew(unit);
            return true;
        }
        if (guarded.contains(unit)) {
            guarded.renew(unit);
            return true;
        }
        if (probation.contains(unit)) {
            probation.remove(unit);
            guarded.add(unit);
            if (guarded.size() > protectedCapacity) {
                probation.add(guarded.removeOldest());
            }
            return true;
        }
        window.add(unit);
        if (window.size() > windowCapacity) {
            admit(window.removeOldest());
        }
        return false;
    }

    private void admit(int candidate) {
        if (probation.size() + guarded.size() < mainCapacity) {
            probation.add(candidate);
            return;
        }
        UnitList from = probation.size() > 0 ? probation : guarded;
        if (from.size() > 0 && counts[candidate] > counts[from.oldest()]) {
            from.removeOldest();
            probation.add(candidate);
        }
    }

    private void count(int unit) {
        if (counts[unit] < MOST) {
            counts[unit]++;
        }
        if (++sinceHalving == halveEvery) {
            sinceHalving = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] >>= 1;
            }
        }
    }
}
