package io.emucxl.kv.server;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Serves one store to Redis clients until it is closed. */
public final class RedisServer implements AutoCloseable {
    private static final int FIRST_READ = 2 << 10;
    private static final int LARGEST_READ = 64 << 10;
    private static final int EXPIRY_MILLIS = 100;
    private static final int EXPIRY_SLOTS = 20_000;
    private static final int PATIENCE_MILLIS = 1000;
    private static final byte[] TOO_MANY =
            "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private final KeyValueStore store;
    private final Limits limits;
    private final Commands commands;
    private final EventLoopGroup workers;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listener;
    private final Future<?> expiry;

    /**
     * Starts to serve.
     *
     * @param store what to serve; it stays the caller's
     * @param capacity the store's, for INFO and CONFIG
     * @param limits of each client
     * @param backend the name of the emucxl backend, for INFO
     * @param address where to listen; port 0 takes any free port
     * @param threads that carry commands out
     */
    public RedisServer(
            KeyValueStore store,
            Capacity capacity,
            Limits limits,
            String backend,
            InetSocketAddress address,
            int threads) {
        this.store = store;
        this.limits = limits;
        Map<String, Command> all = new HashMap<>();
        new StringCommands(store, limits).addTo(all);
        new KeyCommands(store).addTo(all);
        new ServerCommands(store, capacity, limits, backend, clients::size).addTo(all);
        commands = new Commands(all);
        // The native transport is missing where its library cannot be loaded, as in a directory
        // for temporary files that is mounted noexec.
        boolean epoll = Epoll.isAvailable();
        workers =
                new MultiThreadIoEventLoopGroup(
                        threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            listener =
                    new ServerBootstrap()
                            .group(workers)
                            .channel(
                                    epoll
                                            ? EpollServerSocketChannel.class
                                            : NioServerSocketChannel.class)
                            .option(ChannelOption.SO_BACKLOG, 511)
                            .childOption(ChannelOption.TCP_NODELAY, true)
                            .childOption(ChannelOption.RECVBUF_ALLOCATOR, onePieceInTurn())
                            .childHandler(new Accept())
                            .bind(address)
                            .syncUninterruptibly()
                            .channel();
        } catch (Exception e) {
            var unused = workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        expiry =
                workers.scheduleWithFixedDelay(
                        this::expire, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How the operating system is asked which clients have sent something: epoll or nio. */
    static String transport() {
        return Epoll.isAvailable() ? "epoll" : "nio";
    }

    /** Else a client that sends without a pause gets 16 buffers before another one's turn. */
    private static RecvByteBufAllocator onePieceInTurn() {
        return new AdaptiveRecvByteBufAllocator(64, FIRST_READ, LARGEST_READ).maxMessagesPerRead(1);
    }

    private void expire() {
        store.expireSome(EXPIRY_SLOTS);
    }

    /** The port that the server listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Takes no more clients and no more commands, answers all that it took, and ends. A client that
     * then keeps its connection open is waited for at most a second.
     */
    @Override
    public void close() {
        expiry.cancel(false);
        listener.close().syncUninterruptibly();
        for (Channel client : clients) {
            client.pipeline().fireUserEventTriggered(Connection.END);
        }
        clients.newCloseFuture().awaitUninterruptibly(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        clients.close().awaitUninterruptibly();
        workers.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    private final class Accept extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (clients.size() >= limits.clients()) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY))
                        .addListener(ChannelFutureListener.CLOSE);
                return;
            }
            clients.add(channel);
            channel.pipeline().addLast(Connection.handlers(commands, limits));
        }
    }
}
