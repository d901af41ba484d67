package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;

/** Moves nothing: every unit stays where it was allocated. */
final class StaticPlacement implements PlacementPolicy {
    @Override
    public String name() {
        return "static";
    }

    @Override
    public void decide(Observation observed, Moves moves) {}
}
