package io.emucxl.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that a {@link DataOutputStream} wrote, and how far they have been read. Every start reads
 * some, when nothing is compiled yet: hence without the many calls of streams.
 */
final class PlanBytes {
    private final byte[] bytes;
    private int next;

    PlanBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int number() {
        int at = next;
        next = at + 4;
        return bytes[at] << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    long longNumber() {
        long high = number();
        return high << 32 | (number() & 0xFFFF_FFFFL);
    }

    boolean bool() {
        next++;
        return bytes[next - 1] != 0;
    }

    String utf() throws IOException {
        int at = next;
        int length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        next = at + 2 + length;
        String text = new String(bytes, at + 2, length, StandardCharsets.UTF_8);
        // What is not ASCII may differ from UTF-8.
        return text.length() == length
                ? text
                : new DataInputStream(new ByteArrayInputStream(bytes, at, 2 + length)).readUTF();
    }

    /** So many bytes, which are not copied. */
    ByteBuffer slice(int length) {
        next += length;
        return ByteBuffer.wrap(bytes, next - length, length).slice();
    }

    /** All that follows. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, next, bytes.length);
    }
}
