package io.emucxl.policies;

import java.util.List;

/**
 * What a user needs to know of a policy to choose it.
 *
 * @param name its name in the policy file and on the command line
 * @param summary what it does, in a sentence
 * @param source where it comes from
 * @param parameters its parameters
 */
public record PolicyDescription(
        String name, String summary, String source, List<Parameter> parameters) {

    /** Takes a copy of the list. */
    public PolicyDescription {
        parameters = List.copyOf(parameters);
    }

    /**
     * A number that changes how a policy behaves.
     *
     * @param name its name
     * @param value its default
     * @param meaning what it means, with its unit
     */
    public record Parameter(String name, double value, String meaning) {}
}
