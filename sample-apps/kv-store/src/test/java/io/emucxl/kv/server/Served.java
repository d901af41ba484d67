package io.emucxl.kv.server;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A store and its server on a free port, for a test. */
final class Served implements AutoCloseable {
    final KeyValueStore store;
    final RedisServer server;

    Served(Capacity capacity) {
        this(capacity, Limits.DEFAULT, 1);
    }

    Served(Capacity capacity, Limits limits, int workers) {
        store = new KeyValueStore(capacity, "hotset");
        server =
                new RedisServer(
                        store,
                        capacity,
                        limits,
                        "test",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        workers);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
