package io.emucxl.kv.rule;

/**
 * Keeps the local objects in a list and puts new ones at its head, as all rules of the paper do;
 * when local memory is full the object at its tail goes to remote memory. The order of the remote
 * objects decides nothing, so no list of them is kept.
 */
abstract class LocalList implements PlacementRule {
    final Tiers tiers;
    final SlotList local = new SlotList();

    LocalList(Tiers tiers) {
        this.tiers = tiers;
    }

    @Override
    public final int place(long size) {
        if (canMakeRoom(size)) {
            while (!tiers.hasRoom(Tiers.LOCAL, size) && demote(local.tail())) {
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
        for (int slot = local.tail(); missing > leaving; slot = local.before(slot)) {
            if (slot < 0) {
                return false;
            }
            leaving += tiers.size(slot);
        }
        return tiers.hasRoom(Tiers.REMOTE, leaving);
    }

    private boolean demote(int slot) {
        if (slot < 0 || !tiers.move(slot, Tiers.REMOTE)) {
            return false;
        }
        local.remove(slot);
        return true;
    }

    /**
     * Makes room for a remote object by demoting from the tail, and promotes it.
     *
     * @return whether it is local now; then it is in no list
     */
    final boolean promote(int slot) {
        long size = tiers.size(slot);
        if (size > tiers.capacity(Tiers.LOCAL)) {
            return false;
        }
        while (!tiers.hasRoom(Tiers.LOCAL, size)) {
            int victim = local.tail();
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

    @Override
    public final void added(int slot) {
        if (tiers.node(slot) == Tiers.LOCAL) {
            local.addHead(slot);
        }
    }

    @Override
    public final void removed(int slot) {
        if (local.contains(slot)) {
            local.remove(slot);
        }
    }
}
