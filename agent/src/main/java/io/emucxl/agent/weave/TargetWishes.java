package io.emucxl.agent.weave;

import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.TargetSettings;
import io.emucxl.runtime.Targets;

/** What a policy file wants for the arrays of a field. */
final class TargetWishes {
    private TargetWishes() {}

    /** The first target of the file that means this field, or null. */
    static PolicyFile.Target named(PolicyFile policy, String className, String fieldName) {
        for (PolicyFile.Target target : policy.targets()) {
            if (target.matches(className, fieldName)) {
                return target;
            }
        }
        return null;
    }

    /**
     * What is wanted for a field.
     *
     * @param named the target of the file that means it; null for one marked in the program
     */
    static TargetSettings of(PolicyFile policy, PolicyFile.Target named) {
        return named == null
                ? new TargetSettings(policy.placement().minBytes(), Targets.DEFAULT_TIER, -1, 0)
                : new TargetSettings(
                        named.minBytes(), named.start(), named.pin(), named.priority());
    }
}
