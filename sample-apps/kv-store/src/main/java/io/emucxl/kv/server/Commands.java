package io.emucxl.kv.server;

import io.emucxl.kv.StoreFullException;
import java.util.Locale;
import java.util.Map;

/** Finds and carries out commands. Thread-safe. */
final class Commands {
    private static final String FULL = "OOM command not allowed when used memory > 'maxmemory'.";
    private static final int SHOWN = 128;

    private final Map<String, Command> commands;

    Commands(Map<String, Command> commands) {
        this.commands = commands;
    }

    /** The command of this name in any case, or null. */
    Command find(byte[] name) {
        return commands.get(Arguments.word(name));
    }

    /**
     * Carries a command out and writes its reply. It never throws for what a client sent.
     *
     * @param command what {@link #find} gave for the first argument
     * @param arguments the command's name and its arguments
     * @param out takes the reply
     */
    void run(Command command, byte[][] arguments, Replies out) {
        if (command == null) {
            out.error(unknown(arguments));
            return;
        }
        try {
            if (!command.accepts(arguments.length)) {
                throw CommandException.arguments(
                        Arguments.word(arguments[0]).toLowerCase(Locale.ROOT));
            }
            command.action().run(arguments, out);
        } catch (CommandException e) {
            out.error(e.getMessage());
        } catch (StoreFullException e) {
            out.error(FULL);
        }
    }

    private static String unknown(byte[][] arguments) {
        StringBuilder text =
                new StringBuilder("ERR unknown command '")
                        .append(shown(arguments[0]))
                        .append("', with args beginning with: ");
        for (int i = 1; i < arguments.length && text.length() < SHOWN; i++) {
            text.append('\'').append(shown(arguments[i])).append("' ");
        }
        return text.toString();
    }

    private static String shown(byte[] argument) {
        String text = Arguments.text(argument);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }
}
