package io.emucxl.kv.rule;

/**
 * Policy 1 of the paper as published: a remote object that is read moves to local memory. The
 * published program inserts it at the <em>tail</em> of the local list, where it is the next to be
 * demoted; Table IV shows the effect between 30 and 60 %.
 */
public final class Policy1 extends LocalList {

    /** A rule over these tiers. */
    public Policy1(Tiers tiers) {
        super(tiers);
    }

    @Override
    public String name() {
        return "policy1";
    }

    @Override
    public void accessed(int slot) {
        if (tiers.node(slot) == Tiers.LOCAL) {
            local.moveToHead(slot);
        } else if (promote(slot)) {
            local.addTail(slot);
        }
    }
}
