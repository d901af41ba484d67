package io.emucxl.policies;

import io.emucxl.policies.PolicyDescription.Parameter;
import io.emucxl.policies.file.NearestName;
import io.emucxl.runtime.PlacementPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The placement policies that come with emucxl, by name. Thread-safe. */
public final class Policies {
    private static final List<PolicyDescription> ALL =
            List.of(
                    new PolicyDescription(
                            "hotset",
                            "follows the rule that pays best: reuse, frequency, recency, trend, or staying",
                            "emucxl; after LIRS, TinyLFU, LeCaR, SHARDS",
                            List.of(
                                    new Parameter(
                                            "window",
                                            2,
                                            "accesses per local unit after which results and recent heat count half"),
                                    new Parameter(
                                            "halfLife",
                                            64,
                                            "accesses per local unit after which an access counts half as heat"),
                                    new Parameter(
                                            "confidence",
                                            2,
                                            "standard deviations by which a rule must be better to lead"))),
                    new PolicyDescription("static", "moves nothing", "-", List.of()),
                    new PolicyDescription(
                            "conservative",
                            "an access moves nothing; what is over capacity goes, least recent first",
                            "emucxl paper, policy 2",
                            List.of()),
                    new PolicyDescription(
                            "promote-on-access",
                            "every remote access promotes, to be the next to go until accessed again",
                            "emucxl paper, policy 1",
                            List.of()),
                    new PolicyDescription(
                            "lru",
                            "every remote access promotes, in place of the least recently used",
                            "-",
                            List.of()),
                    new PolicyDescription(
                            "tpp",
                            "the second access promotes, into room kept free by demoting ahead",
                            "Maruf et al., ASPLOS 2023",
                            List.of(
                                    new Parameter(
                                            "headroom", 0.02, "part of local capacity kept free"))),
                    new PolicyDescription(
                            "memtis",
                            "keeps local the bins of a histogram of counts that fit",
                            "Lee et al., SOSP 2023",
                            List.of(
                                    new Parameter(
                                            "cooling",
                                            2_000_000,
                                            "accesses after which all counts are halved"))),
                    new PolicyDescription(
                            "arms",
                            "ranks by a slow moving average, by a fast one when the local share falls",
                            "ARMS, 2025",
                            List.of(
                                    new Parameter(
                                            "slow", 16, "half-life, in accesses per local unit"),
                                    new Parameter(
                                            "fast", 1, "half-life, in accesses per local unit"))));

    private Policies() {}

    /** All policies; the default is the first. */
    public static List<PolicyDescription> all() {
        return ALL;
    }

    /** The names of all policies; the default is the first. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (PolicyDescription policy : ALL) {
            names.add(policy.name());
        }
        return names;
    }

    /**
     * Makes a policy.
     *
     * @param name its name
     * @param parameters the parameters that are not to have their defaults
     * @throws IllegalArgumentException if a name is unknown or a value wrong, saying which
     */
    public static PlacementPolicy create(String name, Map<String, String> parameters) {
        PolicyDescription policy = find(name);
        double[] values = values(policy, parameters);
        return switch (name) {
            case "hotset" -> new HotSet(values[0], values[1], values[2]);
            case "static" -> new StaticPlacement();
            case "conservative" -> new Conservative();
            case "promote-on-access" -> new PromoteOnAccess();
            case "lru" -> new LeastRecentlyUsed();
            case "tpp" -> new Tpp(values[0]);
            case "memtis" -> new Memtis(values[0]);
            case "arms" -> new Arms(values[0], values[1]);
            default -> throw new AssertionError(name);
        };
    }

    private static PolicyDescription find(String name) {
        for (PolicyDescription policy : ALL) {
            if (policy.name().equals(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "unknown policy \"" + name + "\"; " + NearestName.hint(name, names()));
    }

    private static double[] values(PolicyDescription policy, Map<String, String> given) {
        List<String> names = new ArrayList<>();
        double[] values = new double[policy.parameters().size()];
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = policy.parameters().get(i);
            names.add(parameter.name());
            String text = given.get(parameter.name());
            values[i] = text == null ? parameter.value() : positive(policy, parameter, text);
        }
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "policy "
                                + policy.name()
                                + " has no parameter \""
                                + name
                                + "\"; "
                                + (names.isEmpty()
                                        ? "it has none"
                                        : NearestName.hint(name, names)));
            }
        }
        return values;
    }

    private static double positive(PolicyDescription policy, Parameter parameter, String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "parameter "
                            + parameter.name()
                            + " of policy "
                            + policy.name()
                            + " must be a positive number, not \""
                            + text
                            + "\"");
        }
        return value;
    }
}
