package io.emucxl.policies.simulator;

/** ARC, in the names of its paper: T1 and T2 are in the cache, B1 and B2 are their ghosts. */
final class ArcCache implements Reference.Cache {
    private final int capacity;
    private final UnitList t1;
    private final UnitList t2;
    private final UnitList b1;
    private final UnitList b2;
    private int p;

    ArcCache(int units, int capacity) {
        this.capacity = capacity;
        t1 = new UnitList(units);
        t2 = new UnitList(units);
        b1 = new UnitList(units);
        b2 = new UnitList(units);
    }

    @Override
    public boolean access(int unit) {
        if (t1.contains(unit)) {
            t1.remove(unit);
            t2.add(unit);
            return true;
        }
        if (t2.contains(unit)) {
            t2.renew(unit);
            return true;
        }
        if (capacity > 0) {
            miss(unit);
        }
        return false;
    }

    private void miss(int unit) {
        if (b1.contains(unit)) {
            p = Math.min(capacity, p + Math.max(b2.size() / b1.size(), 1));
            replace(false);
            b1.remove(unit);
            t2.add(unit);
        } else if (b2.contains(unit)) {
            p = Math.max(0, p - Math.max(b1.size() / b2.size(), 1));
            replace(true);
            b2.remove(unit);
            t2.add(unit);
        } else {
            if (t1.size() + b1.size() == capacity) {
                if (t1.size() < capacity) {
                    b1.removeOldest();
                    replace(false);
                } else {
                    t1.removeOldest();
                }
            } else {
                int all = t1.size() + t2.size() + b1.size() + b2.size();
                if (all >= capacity) {
                    if (all == 2 * capacity) {
                        b2.removeOldest();
                    }
                    replace(false);
                }
            }
            t1.add(unit);
        }
    }

    private void replace(boolean inB2) {
        if (t1.size() > 0 && (t1.size() > p || (inB2 && t1.size() == p))) {
            b1.add(t1.removeOldest());
        } else if (t2.size() > 0) {
            b2.add(t2.removeOldest());
        }
    }
}
