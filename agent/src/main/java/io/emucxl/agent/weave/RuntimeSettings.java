package io.emucxl.agent.weave;

import io.emucxl.Backend;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.ChosenPolicy;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.DeviceModel;
import io.emucxl.runtime.PlacementPolicy;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.Tuning;

/** What a policy file means for the runtime. */
final class RuntimeSettings {

    private RuntimeSettings() {}

    /** A calibrated model is made when a profile is named, which takes half a second a tier. */
    static Settings of(PolicyFile policy) {
        SpaceConfig space = space(policy);
        return of(policy, space, ChosenPolicy.of(policy.placement()), Devices.of(policy, space));
    }

    /**
     * What a changed policy file means, with the devices that there are.
     *
     * @param samePolicy whether the placement policy goes on as well
     */
    static Settings changed(Settings before, PolicyFile policy, boolean samePolicy) {
        return of(
                policy,
                space(policy),
                samePolicy ? before.tuning().policy() : ChosenPolicy.of(policy.placement()),
                before.model());
    }

    private static SpaceConfig space(PolicyFile policy) {
        PolicyFile.Tier local = policy.local();
        PolicyFile.Tier remote = policy.remote();
        return new SpaceConfig(
                Backend.valueOf(policy.backend().toUpperCase(java.util.Locale.ROOT)),
                policy.regionBytes(),
                local.node(),
                bytes(local),
                remote.node(),
                bytes(remote));
    }

    private static Settings of(
            PolicyFile policy, SpaceConfig space, PlacementPolicy placement, DeviceModel model) {
        PolicyFile.Sampling sampling = policy.sampling();
        PolicyFile.Migration migration = policy.migration();
        return new Settings(
                space,
                policy.placement().start(),
                new Tuning(
                        sampling.windowNanos(),
                        sampling.duty(),
                        sampling.overhead(),
                        migration.periodNanos(),
                        migration.bytesPerSecond(),
                        migration.batchBytes(),
                        migration.inFlightBytes(),
                        migration.headroom(),
                        migration.watermark(),
                        placement),
                model);
    }

    /** A share is of the node's memory, and of the machine's when it has no such node. */
    private static long bytes(PolicyFile.Tier tier) {
        long nodeBytes = tier.share() > 0 ? MemoryNodes.nodeBytes(tier.node()) : 0;
        if (tier.share() > 0 && nodeBytes == 0) {
            nodeBytes = MemoryNodes.machineBytes();
        }
        return tier.capacity(nodeBytes);
    }
}
