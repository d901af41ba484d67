package io.emucxl.kv.rule;

/**
 * Least recently used: a remote object that is read moves to the head of the local list. What
 * policy 1 would be if it inserted there.
 */
public final class Lru extends LocalList {

    /** A rule over these tiers. */
    public Lru(Tiers tiers) {
        super(tiers);
    }

    @Override
    public String name() {
        return "lru";
    }

    @Override
    public void accessed(int slot) {
        if (tiers.node(slot) == Tiers.LOCAL) {
            local.moveToHead(slot);
        } else if (promote(slot)) {
            local.addHead(slot);
        }
    }
}
