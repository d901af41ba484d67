package io.emucxl.agent.analysis;

/** A class cannot be rewritten to a plan. The message can be shown to a user. */
public final class RewriteException extends Exception {
    private static final long serialVersionUID = 1L;

    RewriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
