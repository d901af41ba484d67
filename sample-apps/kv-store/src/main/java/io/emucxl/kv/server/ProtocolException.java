package io.emucxl.kv.server;

/** Thrown when a client does not speak the protocol; the connection cannot go on. */
final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message, null, false, false);
    }
}
