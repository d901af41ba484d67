package io.emucxl.kv.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Arrays;

/** One client: takes its commands in order, and sends the replies of all that came at once. */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int FIRST = 16 << 10;
    private static final int CHUNK = 64 << 10;
    private static final int QUIT = 4;

    /** The event that tells a connection to come to its end. */
    static final Object END = new Object();

    private final Commands commands;
    private final Limits limits;
    private final RequestAssembler assembler;
    private final Replies replies = new Replies();
    private ByteBuf out;
    private byte[] lastName;
    private Command last;
    private boolean closing;

    private Connection(Commands commands, Limits limits) {
        this.commands = commands;
        this.limits = limits;
        assembler = new RequestAssembler(limits);
    }

    /** The handlers of one client's channel, in their order. */
    static ChannelHandler[] handlers(Commands commands, Limits limits) {
        Connection connection = new Connection(commands, limits);
        return new ChannelHandler[] {
            new WholeCommands(limits, connection.assembler::isIdle),
            new RedisDecoder(LONGEST_LINE, FixedRedisMessagePool.INSTANCE, true),
            connection
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        try {
            if (!closing) {
                byte[][] command = part instanceof byte[][] whole ? whole : assembler.add(part);
                if (command != null) {
                    run(context, command);
                }
            }
        } catch (ProtocolException e) {
            refuse(context, e.getMessage());
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void run(ChannelHandlerContext context, byte[][] command) {
        begin(context);
        // Most commands are what the last one was.
        if (!Arrays.equals(command[0], lastName)) {
            lastName = command[0];
            last = commands.find(lastName);
        }
        commands.run(last, command, replies);
        if (command[0].length == QUIT && Arguments.word(command[0]).equals("QUIT")) {
            close(context);
        } else if (out.readableBytes() >= CHUNK) {
            send(context);
            // What the socket did not take stays in memory.
            context.flush();
            if (context.channel().unsafe().outboundBuffer() != null
                    && context.channel().unsafe().outboundBuffer().totalPendingWriteBytes()
                            > limits.replyBytes()) {
                closing = true;
                var unused = context.close();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (out != null) {
            send(context);
        }
        context.flush();
        // A client that does not read its replies is not read either.
        context.channel().config().setAutoRead(closing || context.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** {@link #END}: no further command is taken; what was taken is answered before the end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == END && !closing) {
            closing = true;
            // What still comes is read and thrown away until the client has closed its side: a
            // socket that is closed with unread input is reset, and replies on their way are lost.
            context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(
                            sent -> {
                                var unused = ((DuplexChannel) context.channel()).shutdownOutput();
                            });
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        if (out != null) {
            out.release();
            out = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            // What the decoder threw comes wrapped, with the name of its class in the text.
            refuse(context, (cause.getCause() == null ? cause : cause.getCause()).getMessage());
        } else if (cause instanceof IOException) {
            // The client is gone.
            var unused = context.close();
        } else {
            System.err.println("kv-store: closing a connection after " + cause);
            var unused = context.close();
        }
    }

    private void refuse(ChannelHandlerContext context, String what) {
        if (!closing) {
            begin(context);
            replies.error("ERR Protocol error: " + what);
            close(context);
        }
    }

    private void close(ChannelHandlerContext context) {
        closing = true;
        ByteBuf farewell = out;
        out = null;
        context.writeAndFlush(farewell).addListener(ChannelFutureListener.CLOSE);
    }

    private void begin(ChannelHandlerContext context) {
        if (out == null) {
            out = context.alloc().buffer(FIRST);
            replies.into(out);
        }
    }

    private void send(ChannelHandlerContext context) {
        ByteBuf sent = out;
        out = null;
        var unused = context.write(sent, context.voidPromise());
    }
}
