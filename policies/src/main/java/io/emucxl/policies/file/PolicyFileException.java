package io.emucxl.policies.file;

import java.util.List;

/** A policy file that cannot be used, with everything that is wrong with it. */
public final class PolicyFileException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // immutable lists of records without foreign parts
    private final List<Problem> problems;

    PolicyFileException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes, in the order of the file; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(problem);
        }
        return text.toString();
    }
}
