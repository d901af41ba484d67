package io.emucxl.agent.advise;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Big-endian numbers from a stream of any length. Not thread-safe. */
final class DumpInput implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;

    /** Bytes taken so far. */
    private long taken;

    DumpInput(InputStream in) {
        this.in = in;
    }

    /** How many bytes have been read. */
    long position() {
        return taken;
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        taken++;
        return buffer[next++] & 0xFF;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    int u1() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException("the heap ends too early");
        }
        return value;
    }

    int u2() throws IOException {
        return u1() << 8 | u1();
    }

    int i4() throws IOException {
        if (end - next < Integer.BYTES) {
            return u2() << 16 | u2();
        }
        int value = (int) INT.get(buffer, next);
        next += Integer.BYTES;
        taken += Integer.BYTES;
        return value;
    }

    long u4() throws IOException {
        return i4() & 0xFFFF_FFFFL;
    }

    long i8() throws IOException {
        return (long) i4() << 32 | u4();
    }

    /** An identifier of this many bytes. */
    long id(int bytes) throws IOException {
        return bytes == 8 ? i8() : u4();
    }

    String text(int bytes) throws IOException {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) u1();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (next == end) {
                long skipped = left > BUFFER_BYTES ? in.skip(left - BUFFER_BYTES) : 0;
                taken += skipped;
                left -= skipped;
                if (!fill()) {
                    throw new EOFException("the heap ends too early");
                }
            }
            int some = (int) Math.min(left, end - next);
            next += some;
            taken += some;
            left -= some;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
