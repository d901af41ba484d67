package io.emucxl.kv.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Decodes commands of the plain form and lines typed by hand, and hands everything else to Netty's
 * Redis decoder behind it: what is malformed or very large.
 *
 * <p>Netty's decoder makes an object for each array header, each string's header and its content,
 * and looks for each line's end by a call for each byte. Of lines it wants those that end with CR
 * and LF only.
 */
final class WholeCommands extends ByteToMessageDecoder {
    /** Commands of more bytes are not for this decoder. */
    private static final int MOST = 32 << 10;

    /** Numbers of more digits are neither. */
    private static final int DIGITS = 5;

    private static final int MOST_ARGUMENTS = 1024;

    /** What begins a message of the protocol; a line of words begins with anything else. */
    private static final String TYPES = "*$+-:";

    private static final int ODD = -1;
    private static final int INCOMPLETE = -2;

    private static final FastThreadLocal<byte[]> SCRATCH =
            new FastThreadLocal<>() {
                @Override
                protected byte[] initialValue() {
                    return new byte[MOST];
                }
            };

    private final Limits limits;
    private final BooleanSupplier betweenCommands;
    private byte[] bytes;
    private int at;
    private int end;

    /** Whether the last byte that went to Netty's decoder ended a line. */
    private boolean lineEnded = true;

    /**
     * A decoder for one connection.
     *
     * @param limits of what a client may send
     * @param betweenCommands whether all that Netty's decoder delivered has been used
     */
    WholeCommands(Limits limits, BooleanSupplier betweenCommands) {
        this.limits = limits;
        this.betweenCommands = betweenCommands;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        // Netty's decoder keeps what it cannot use yet. It has nothing left when a line has just
        // ended that was not in the middle of a command.
        if (lineEnded && betweenCommands.getAsBoolean() && decodeWhole(in, out)) {
            return;
        }
        lineEnded = in.getByte(in.writerIndex() - 1) == '\n';
        out.add(in.readRetainedSlice(in.readableBytes()));
    }

    /** Whether nothing is left but the beginning of what may become a plain command. */
    private boolean decodeWhole(ByteBuf in, List<Object> out) {
        bytes = SCRATCH.get();
        while (in.isReadable()) {
            end = Math.min(MOST, in.readableBytes());
            in.getBytes(in.readerIndex(), bytes, 0, end);
            at = 0;
            int taken = 0;
            int found;
            while ((found = command(out)) > 0) {
                taken = at;
            }
            in.skipBytes(taken);
            if (found == ODD || (taken == 0 && end == MOST)) {
                return false;
            }
            if (end < MOST) {
                return true;
            }
        }
        return true;
    }

    /**
     * Decodes the next command.
     *
     * @return {@link #ODD}, {@link #INCOMPLETE}, or how many bytes it has; its arguments are in the
     *     list then, if it has any
     */
    private int command(List<Object> out) {
        int first = at;
        if (at < end && TYPES.indexOf(bytes[at]) < 0) {
            return line(out);
        }
        int count = number('*');
        if (count < 0) {
            return count;
        }
        if (count == 0 || count > limits.arguments() || count > MOST_ARGUMENTS) {
            return ODD;
        }
        byte[][] arguments = new byte[count][];
        long size = 0;
        for (int i = 0; i < count; i++) {
            int length = number('$');
            if (length < 0) {
                return length;
            }
            size += length;
            if (!limits.allow(length, size)) {
                return ODD;
            }
            if (length > end - at - 2) {
                return INCOMPLETE;
            }
            if (bytes[at + length] != '\r' || bytes[at + length + 1] != '\n') {
                return ODD;
            }
            arguments[i] = Arrays.copyOfRange(bytes, at, at + length);
            at += length + 2;
        }
        out.add(arguments);
        return at - first;
    }

    /** Decodes a command that is a line of words. */
    private int line(List<Object> out) {
        int first = at;
        int last = first;
        while (last < end && bytes[last] != '\n') {
            last++;
        }
        if (last == end) {
            return INCOMPLETE;
        }
        try {
            byte[][] words = InlineArguments.split(Arrays.copyOfRange(bytes, first, last));
            if (words.length > 0) {
                out.add(words);
            }
        } catch (ProtocolException e) {
            return ODD;
        }
        at = last + 1;
        return at - first;
    }

    /** The number in a line of this type. */
    private int number(char type) {
        int p = at;
        if (p < end && bytes[p] != type) {
            return ODD;
        }
        int first = ++p;
        int value = 0;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
            value = 10 * value + bytes[p++] - '0';
            if (p - first > DIGITS) {
                return ODD;
            }
        }
        if (p >= end) {
            return INCOMPLETE;
        }
        if (p == first || bytes[p] != '\r' || (p + 1 < end && bytes[p + 1] != '\n')) {
            return ODD;
        }
        if (p + 1 == end) {
            return INCOMPLETE;
        }
        at = p + 2;
        return value;
    }
}
