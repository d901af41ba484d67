package io.emucxl.agent.analysis;

/**
 * Why an array must stay an ordinary heap array.
 *
 * @param at {@code class.method:line} of the instruction, or empty when it is not an instruction
 * @param reason a sentence
 */
public record Escape(String at, String reason) {}
