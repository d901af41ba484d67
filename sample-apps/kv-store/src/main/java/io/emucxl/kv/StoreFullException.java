package io.emucxl.kv;

/**
 * Thrown when an object fits into neither tier. The store is as it was before the call: a key that
 * had a value has it still.
 */
public final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
