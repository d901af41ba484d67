package io.emucxl.agent.weave;

import io.emucxl.Backend;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.ChosenPolicy;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.Settings;

/** What a policy file means for the runtime. */
final class RuntimeSettings {

    private RuntimeSettings() {}

    /** A calibrated model is made when a profile is named, which takes half a second a tier. */
    static Settings of(PolicyFile policy) {
        PolicyFile.Tier local = policy.local();
        PolicyFile.Tier remote = policy.remote();
        SpaceConfig space =
                new SpaceConfig(
                        Backend.valueOf(policy.backend().toUpperCase(java.util.Locale.ROOT)),
                        policy.regionBytes(),
                        local.node(),
                        bytes(local),
                        remote.node(),
                        bytes(remote));
        return new Settings(
                space,
                policy.placement().start(),
                policy.sampling().duty() > 0,
                policy.sampling().windowNanos(),
                policy.sampling().duty(),
                policy.migration().bytesPerSecond() > 0,
                policy.migration().periodNanos(),
                policy.migration().bytesPerSecond(),
                ChosenPolicy.of(policy.placement()),
                policy.sampling().overhead(),
                policy.migration().headroom(),
                Devices.of(policy, space));
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
