package io.emucxl.agent.analysis;

/**
 * A target that stays on the heap.
 *
 * @param field the target
 * @param at {@code class.method:line} of the instruction that decides it, or empty
 * @param reason a sentence
 */
public record Refusal(FieldId field, String at, String reason) {
    @Override
    public String toString() {
        return field + (at.isEmpty() ? "" : " at " + at) + ": " + reason;
    }
}
