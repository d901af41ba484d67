package io.emucxl.agent.weave;

import io.emucxl.Backend;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.HotSet;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.Settings;

/** What a policy file means for the runtime. */
final class RuntimeSettings {

    private RuntimeSettings() {}

    static Settings of(PolicyFile policy) {
        PolicyFile.Tier local = policy.local();
        PolicyFile.Tier remote = policy.remote();
        SpaceConfig space =
                new SpaceConfig(
                        Backend.valueOf(policy.backend().toUpperCase(java.util.Locale.ROOT)),
                        policy.regionBytes(),
                        local.node(),
                        local.capacity(),
                        remote.node(),
                        remote.capacity());
        return new Settings(
                space,
                policy.placement().start(),
                policy.sampling().duty() > 0,
                policy.sampling().windowNanos(),
                policy.sampling().duty(),
                policy.migration().bytesPerSecond() > 0,
                policy.migration().periodNanos(),
                policy.migration().bytesPerSecond(),
                new HotSet());
    }
}
