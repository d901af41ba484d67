package io.emucxl.kv.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads what arguments mean. */
final class Arguments {
    private static final int LONGEST_NUMBER = 20;

    private Arguments() {}

    static String text(byte[] argument) {
        return new String(argument, StandardCharsets.UTF_8);
    }

    /** The argument as a keyword: in capitals. */
    static String word(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    /**
     * The argument as a number of 64 bits, in the one way in which it is printed.
     *
     * @throws CommandException when it is none
     */
    static long integer(byte[] argument) {
        if (argument.length <= LONGEST_NUMBER) {
            String text = text(argument);
            try {
                long value = Long.parseLong(text);
                if (Long.toString(value).equals(text)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw CommandException.notAnInteger();
            }
        }
        throw CommandException.notAnInteger();
    }

    /**
     * The number behind an option.
     *
     * @throws CommandException when there is none
     */
    static long integerAfter(byte[][] arguments, int option) {
        return integer(after(arguments, option));
    }

    static byte[] after(byte[][] arguments, int option) {
        if (option + 1 >= arguments.length) {
            throw CommandException.syntax();
        }
        return arguments[option + 1];
    }

    /**
     * A time from now or from 1970 in milliseconds since 1970.
     *
     * @param command for the error message
     * @throws CommandException when there is no such time
     */
    static long deadline(long amount, long millisPerUnit, boolean fromNow, String command) {
        long base = fromNow ? System.currentTimeMillis() : 0;
        if (amount > (Long.MAX_VALUE - base) / millisPerUnit
                || amount < Long.MIN_VALUE / millisPerUnit) {
            throw new CommandException("ERR invalid expire time in '" + command + "' command");
        }
        return base + amount * millisPerUnit;
    }
}
