package io.emucxl.kv.rule;

import io.emucxl.runtime.PlacementPolicy;

/**
 * Lets a placement policy of the engine decide, with objects for its units: the very code that
 * places regions under a running program.
 *
 * <p>The policy's units are alike in size; objects need not be. A unit has the mean size, more or
 * less, and local memory has room when the object that was accessed last fits. An object that is
 * larger than the one that leaves for it must be accessed again until enough of them have left.
 */
final class EngineRule implements PlacementRule {
    /** One decision for each access while local memory has room for fewer objects than this. */
    private static final long FEW = 4096;

    /**
     * Larger stores decide after so many accesses: the parts of a decision that are fixed count.
     */
    private static final int BATCH = 16;

    private static final int NONE = -1;

    private final Tiers tiers;
    private final PlacementPolicy policy;
    private final View view = new View();
    private int objects;

    /** A policy that nothing else uses, on these tiers. */
    EngineRule(Tiers tiers, PlacementPolicy policy) {
        this.tiers = tiers;
        this.policy = policy;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public int place(long size) {
        if (tiers.hasRoom(Tiers.LOCAL, size)) {
            return Tiers.LOCAL;
        }
        return tiers.hasRoom(Tiers.REMOTE, size) ? Tiers.REMOTE : -1;
    }

    @Override
    public void added(int slot) {
        objects++;
        view.units = Math.max(view.units, slot + 1);
        accessed(slot);
    }

    @Override
    public void accessed(int slot) {
        if (tiers.size(slot) > tiers.capacity(Tiers.LOCAL)) {
            // For this one nothing may leave: it would not fit into empty memory.
            return;
        }
        view.touch(slot);
        if (view.accesses >= (view.localUnits() < FEW ? 1 : BATCH)) {
            view.decide();
        }
    }

    @Override
    public int replace(int slot, long size) {
        int node = tiers.node(slot);
        removed(slot);
        return tiers.hasRoom(node, size) ? node : place(size);
    }

    @Override
    public void removed(int slot) {
        objects--;
        view.forget(slot);
    }

    /** The store as the policy sees it. */
    private final class View implements PlacementPolicy.Observation, PlacementPolicy.Moves {
        private final int[] touched = new int[BATCH];
        private final int[] counts = new int[BATCH];
        private int size;
        private int accesses;
        private int last;
        private int units;
        private long unit = 1;
        private int leaving = NONE;
        private long time;

        void touch(int slot) {
            time++;
            accesses++;
            last = slot;
            for (int k = 0; k < size; k++) {
                if (touched[k] == slot) {
                    counts[k]++;
                    return;
                }
            }
            touched[size] = slot;
            counts[size++] = 1;
        }

        void forget(int slot) {
            for (int k = 0; k < size; k++) {
                if (touched[k] == slot) {
                    size--;
                    touched[k] = touched[size];
                    counts[k] = counts[size];
                }
            }
        }

        void decide() {
            if (size > 0) {
                measureUnit();
                policy.decide(this, this);
                leave();
            }
            size = 0;
            accesses = 0;
        }

        long localUnits() {
            return tiers.capacity(Tiers.LOCAL) / unit;
        }

        /** Follows the mean size in steps, so that it is not another one at each access. */
        private void measureUnit() {
            long used = tiers.used(Tiers.LOCAL) + tiers.used(Tiers.REMOTE);
            long mean = Math.max(1, used / Math.max(1, objects));
            if (mean < unit - unit / 4 || mean > unit + unit / 4) {
                unit = mean;
            }
        }

        @Override
        public void move(int slot, int node) {
            if (node == Tiers.REMOTE) {
                leave();
                leaving = slot;
            } else if (leaving == NONE || !tiers.exchange(slot, leaving)) {
                leave();
                tiers.move(slot, node);
            } else {
                leaving = NONE;
            }
        }

        /** Demotes the object that waits for one to change places with. */
        private void leave() {
            if (leaving != NONE) {
                tiers.move(leaving, Tiers.REMOTE);
                leaving = NONE;
            }
        }

        @Override
        public long time() {
            return time;
        }

        @Override
        public int touched() {
            return size;
        }

        @Override
        public int unit(int k) {
            return touched[k];
        }

        @Override
        public long reads(int k) {
            return counts[k];
        }

        @Override
        public long writes(int k) {
            return 0;
        }

        @Override
        public int units() {
            return units;
        }

        @Override
        public int node(int unit) {
            return tiers.node(unit);
        }

        @Override
        public long unitBytes() {
            return unit;
        }

        @Override
        public long capacity(int node) {
            return tiers.capacity(node);
        }

        @Override
        public long used(int node) {
            long capacity = tiers.capacity(node);
            if (node == Tiers.LOCAL && size > 0) {
                boolean fits = tiers.hasRoom(node, tiers.size(last));
                return fits ? Math.min(tiers.used(node), capacity - unit) : capacity;
            }
            return tiers.used(node);
        }

        @Override
        public long moveBudget() {
            return Long.MAX_VALUE >> 8;
        }
    }
}
