package io.emucxl.kv.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import java.util.Arrays;

/**
 * Puts the parts that Netty's Redis decoder delivers together to commands. Netty's own aggregators
 * believe the lengths that a client announces and allocate accordingly; this one takes memory for
 * what has arrived.
 */
final class RequestAssembler {
    private static final int FIRST = 64 << 10;

    private final Limits limits;
    private byte[][] arguments;
    private int complete;
    private int expected;
    private byte[] argument;
    private int announced;
    private int filled;
    private long size;

    RequestAssembler(Limits limits) {
        this.limits = limits;
    }

    /** Whether no command has begun. */
    boolean isIdle() {
        return arguments == null;
    }

    /**
     * Takes the next part.
     *
     * @return the command that it completes, or null
     * @throws ProtocolException when it can be no part of a command
     */
    byte[][] add(Object part) {
        if (part instanceof BulkStringRedisContent content) {
            return content(content);
        }
        if (part instanceof BulkStringHeaderRedisMessage header) {
            return begin(header.bulkStringLength());
        }
        if (part instanceof ArrayHeaderRedisMessage header) {
            return beginCommand(header.length());
        }
        if (part instanceof InlineCommandRedisMessage line && arguments == null) {
            byte[][] words = InlineArguments.split(line.content().getBytes(UTF_8));
            return words.length == 0 ? null : words;
        }
        throw new ProtocolException("expected '$'");
    }

    private byte[][] beginCommand(long length) {
        if (arguments != null) {
            throw new ProtocolException("expected '$', got '*'");
        }
        if (length > limits.arguments()) {
            throw new ProtocolException("invalid multibulk length");
        }
        if (length > 0) {
            expected = (int) length;
            arguments = new byte[Math.min(expected, 8)][];
            complete = 0;
            size = 0;
        }
        return null;
    }

    private byte[][] begin(int length) {
        if (arguments == null) {
            throw new ProtocolException("expected '*', got '$'");
        }
        size += length;
        if (!limits.allow(length, size)) {
            throw new ProtocolException("invalid bulk length");
        }
        announced = length;
        filled = 0;
        argument = new byte[Math.min(length, FIRST)];
        return null;
    }

    private byte[][] content(BulkStringRedisContent part) {
        if (part instanceof FullBulkStringRedisMessage whole) {
            // An empty string, or none at all, has no header of its own.
            if (whole.isNull()) {
                throw new ProtocolException("invalid bulk length");
            }
            begin(whole.content().readableBytes());
        }
        ByteBuf bytes = part.content();
        int length = bytes.readableBytes();
        if (filled + length > argument.length) {
            long doubled = Math.max(2L * argument.length, filled + (long) length);
            argument = Arrays.copyOf(argument, (int) Math.min(announced, doubled));
        }
        bytes.readBytes(argument, filled, length);
        filled += length;
        return part instanceof LastBulkStringRedisContent ? end() : null;
    }

    private byte[][] end() {
        if (complete == arguments.length) {
            arguments = Arrays.copyOf(arguments, (int) Math.min(expected, 2L * arguments.length));
        }
        arguments[complete++] = argument;
        argument = null;
        if (complete < expected) {
            return null;
        }
        byte[][] command = arguments;
        arguments = null;
        return command;
    }
}
