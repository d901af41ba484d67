package io.emucxl.kv.server;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Appends replies in the Redis protocol, version 2, to a buffer. */
final class Replies {
    private static final int CRLF = '\r' << 8 | '\n';
    private static final byte[] NULL = ascii("$-1\r\n");
    private static final byte[] OK = ascii("+OK\r\n");
    private static final int DIGITS = 20;

    private final byte[] digits = new byte[DIGITS];
    private ByteBuf out;

    void into(ByteBuf buffer) {
        out = buffer;
    }

    void ok() {
        out.writeBytes(OK);
    }

    void nil() {
        out.writeBytes(NULL);
    }

    void simple(String text) {
        out.writeByte('+');
        line(text);
    }

    void error(String text) {
        out.writeByte('-');
        line(text.replace('\r', ' ').replace('\n', ' '));
    }

    void integer(long value) {
        out.writeByte(':');
        number(value);
    }

    void array(int length) {
        out.writeByte('*');
        number(length);
    }

    void bulk(byte[] bytes) {
        if (bytes == null) {
            nil();
            return;
        }
        out.writeByte('$');
        number(bytes.length);
        out.writeBytes(bytes);
        out.writeShort(CRLF);
    }

    void bulk(String text) {
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    private void line(String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeShort(CRLF);
    }

    private void number(long value) {
        if (value == Long.MIN_VALUE) {
            line(Long.toString(value));
            return;
        }
        long rest = Math.abs(value);
        int at = DIGITS;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        out.writeBytes(digits, at, DIGITS - at);
        out.writeShort(CRLF);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
