package io.emucxl.kv.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Splits the line of an inline command, such as somebody types into telnet, as Redis does. */
final class InlineArguments {
    private final byte[] line;
    private int at;

    private InlineArguments(byte[] line) {
        this.line = line;
    }

    /**
     * The arguments on a line: separated by white space; in double quotes with the escapes of C, or
     * in single quotes.
     *
     * @throws ProtocolException when a quote is not closed, or more follows it at once
     */
    static byte[][] split(byte[] line) {
        return new InlineArguments(line).split();
    }

    private byte[][] split() {
        List<byte[]> arguments = new ArrayList<>();
        while (skipSpace()) {
            arguments.add(next());
        }
        return arguments.toArray(new byte[0][]);
    }

    private boolean skipSpace() {
        while (at < line.length && isSpace(line[at])) {
            at++;
        }
        return at < line.length;
    }

    private byte[] next() {
        ByteArrayOutputStream argument = new ByteArrayOutputStream();
        while (at < line.length && !isSpace(line[at])) {
            byte c = line[at++];
            if (c == '"' || c == '\'') {
                quoted(c, argument);
            } else {
                argument.write(c);
            }
        }
        return argument.toByteArray();
    }

    private void quoted(byte quote, ByteArrayOutputStream argument) {
        while (at < line.length) {
            byte c = line[at++];
            if (c == quote) {
                if (at < line.length && !isSpace(line[at])) {
                    break;
                }
                return;
            }
            boolean escape = c == '\\' && at < line.length;
            if (escape && quote == '"') {
                argument.write(escaped());
            } else if (escape && line[at] == '\'') {
                argument.write(line[at++]);
            } else {
                argument.write(c);
            }
        }
        throw new ProtocolException("unbalanced quotes in request");
    }

    private int escaped() {
        byte c = line[at++];
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            case 'x' -> {
                boolean digits =
                        at + 1 < line.length && hex(line[at]) >= 0 && hex(line[at + 1]) >= 0;
                if (digits) {
                    int value = hex(line[at]) << 4 | hex(line[at + 1]);
                    at += 2;
                    yield value;
                }
                yield c;
            }
            default -> c;
        };
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
    }
}
