package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The server ends while clients write to it as fast as they can. */
class EndTest {
    private static final int CLIENTS = 4;

    @Test
    void everyWriteThatWasDoneIsAnsweredAndEveryAnswerIsOfAWriteThatWasDone() throws Exception {
        Capacity capacity = Capacity.bytes(500, 10_000);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (KeyValueStore store = new KeyValueStore(capacity, "hotset")) {
            List<Future<Long>> last = new ArrayList<>();
            try (RedisServer server =
                    new RedisServer(
                            store,
                            capacity,
                            Limits.DEFAULT,
                            "test",
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            2)) {
                for (int i = 0; i < CLIENTS; i++) {
                    String key = "n" + i;
                    last.add(threads.submit(() -> lastReply(server.port(), key)));
                }
                while (store.size() < CLIENTS) {
                    Thread.sleep(5);
                }
                Thread.sleep(100);
            }
            for (int i = 0; i < CLIENTS; i++) {
                byte[] value = store.get(("n" + i).getBytes(StandardCharsets.US_ASCII));
                long replied = last.get(i).get();
                assertTrue(replied > 0);
                assertEquals(Long.parseLong(new String(value, StandardCharsets.US_ASCII)), replied);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sends without waiting, from a thread of its own, and reads until the server ends. */
    private static long lastReply(int port, String key) throws Exception {
        Thread sender;
        String all;
        try (RawClient client = new RawClient(port)) {
            sender = new Thread(() -> sendForever(client, "INCR " + key + "\r\n"));
            sender.start();
            all = client.readAll();
        }
        sender.join();
        assertTrue(all.endsWith("\r\n"));
        List<String> lines = all.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(":" + (i + 1), lines.get(i));
        }
        return lines.size();
    }

    private static void sendForever(RawClient client, String command) {
        try {
            while (true) {
                client.send(command.repeat(20));
            }
        } catch (IOException e) {
            // The connection has ended.
        }
    }
}
