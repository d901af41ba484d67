package io.emucxl.agent.analysis;

/**
 * A field that somebody wants placed.
 *
 * @param field the field
 * @param number the number by which the runtime knows the target's settings and counters
 * @param origin who asked: {@code @RemoteTier}, or file:line:column of the policy file
 * @param copies whether a copy may be returned to callers that are not rewritten
 */
public record Target(FieldId field, int number, String origin, boolean copies) {
    /** A target whose arrays are returned to nobody who is not rewritten. */
    public Target(FieldId field, int number, String origin) {
        this(field, number, origin, false);
    }
}
