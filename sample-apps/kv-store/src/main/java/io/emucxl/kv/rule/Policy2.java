package io.emucxl.kv.rule;

/** Policy 2 of the paper: reading an object moves nothing between the tiers. */
public final class Policy2 extends LocalList {

    /** A rule over these tiers. */
    public Policy2(Tiers tiers) {
        super(tiers);
    }

    @Override
    public String name() {
        return "policy2";
    }

    @Override
    public void accessed(int slot) {
        if (tiers.node(slot) == Tiers.LOCAL) {
            local.moveToHead(slot);
        }
    }
}
