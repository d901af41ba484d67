package io.emucxl.kv.server;

/** Thrown when a command is refused; its message is the reply, and the connection goes on. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandException(String message) {
        super(message, null, false, false);
    }

    static CommandException syntax() {
        return new CommandException("ERR syntax error");
    }

    static CommandException notAnInteger() {
        return new CommandException("ERR value is not an integer or out of range");
    }

    static CommandException arguments(String command) {
        return new CommandException("ERR wrong number of arguments for '" + command + "' command");
    }
}
