package io.emucxl.kv.rule;

import io.emucxl.policies.HotSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The placement rules by name. */
public final class Rules {
    private static final Map<String, Function<Tiers, PlacementRule>> BY_NAME =
            new LinkedHashMap<>();

    static {
        BY_NAME.put("policy1", Policy1::new);
        BY_NAME.put("policy2", Policy2::new);
        BY_NAME.put("lru", Lru::new);
        BY_NAME.put("hotset", tiers -> new EngineRule(tiers, new HotSet()));
    }

    private Rules() {}

    /** All names: the rules of the paper first, the engine's own last. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * Makes a rule.
     *
     * @param name one of {@link #names()}
     * @param tiers what it will act on
     * @throws IllegalArgumentException that lists the names, when this is none
     */
    public static PlacementRule create(String name, Tiers tiers) {
        Function<Tiers, PlacementRule> rule = BY_NAME.get(name);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "no placement rule \"" + name + "\"; there are " + String.join(", ", names()));
        }
        return rule.apply(tiers);
    }
}
