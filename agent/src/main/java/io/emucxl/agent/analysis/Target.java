package io.emucxl.agent.analysis;

/**
 * A field that somebody wants placed.
 *
 * @param field the field
 * @param number the number by which the runtime knows the target's settings and counters
 * @param origin who asked: {@code @RemoteTier}, or file:line:column of the policy file
 */
public record Target(FieldId field, int number, String origin) {}
