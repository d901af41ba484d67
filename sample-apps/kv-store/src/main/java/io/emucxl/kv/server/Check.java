package io.emucxl.kv.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.emucxl.Backend;
import io.emucxl.Emucxl;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import io.emucxl.kv.Statistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The command {@code emucxl run kv-store -- check}: serves a small store on the backend that is
 * there, uses it over its port, and says whether everything came out right.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Serves a small store on the backend that EMUCXL_BACKEND names, or the first that"
                        + " works, uses it over its port, and exits with 0 when all is right.")
public final class Check implements Callable<Integer> {
    private static final int KEYS = 500;
    private static final int VALUE = 1000;
    private static final int HOT = 40;
    private static final int ROUNDS = 20;
    private static final long LOCAL = 64 << 10;
    private static final long REMOTE = 1 << 20;
    private static final long ROOM = 16 << 20;

    private Socket client;

    @Override
    public Integer call() throws IOException {
        Capacity capacity = Capacity.bytes(LOCAL, REMOTE);
        SpaceConfig config = new SpaceConfig(Backend.AUTO, 0, -1, ROOM, -1, ROOM);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (RegionSpace space = RegionSpace.start(config)) {
            String backend = space.backend().toString();
            Statistics done;
            try (KeyValueStore store = new KeyValueStore(capacity, "hotset");
                    RedisServer server =
                            new RedisServer(store, capacity, Limits.DEFAULT, backend, anyPort, 1);
                    Socket socket = new Socket(anyPort.getAddress(), server.port())) {
                client = socket;
                use();
                done = store.statistics();
                require(done.localBytes() == Emucxl.stats(0), "local bytes");
                require(done.remoteBytes() == Emucxl.stats(1), "remote bytes");
                require(done.localBytes() <= LOCAL, "more than fits is local");
                require(done.promotions() >= HOT / 2, "hot objects stay remote");
            }
            require(Emucxl.stats(0) + Emucxl.stats(1) == 0, "memory is not given back");
            System.out.printf(
                    "kv-store: backend %s: %d objects local, %d remote, %d gets local, %d remote, %d"
                            + " moves; all as it must be%n",
                    backend,
                    done.localObjects(),
                    done.remoteObjects(),
                    done.localGets(),
                    done.remoteGets(),
                    done.promotions() + done.demotions());
            return 0;
        } catch (CheckFailedException e) {
            System.err.println("kv-store: " + e.getMessage());
            return 1;
        }
    }

    private void use() throws IOException {
        StringBuilder puts = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            puts.append(command("SET", "key:" + key, value(key)));
        }
        exchange(puts.toString(), "+OK\r\n".repeat(KEYS));
        // The last that came are remote, and now the hot ones.
        for (int round = 0; round < ROUNDS; round++) {
            for (int key = KEYS - HOT; key < KEYS; key++) {
                exchange(command("GET", "key:" + key), bulk(value(key)));
            }
        }
        exchange(
                command("SET", "large", "x".repeat((int) REMOTE)),
                "-OOM command not allowed when used memory > 'maxmemory'.\r\n");
        exchange(command("DEL", "key:0", "key:1", "none"), ":2\r\n");
        for (int key = 2; key < KEYS; key++) {
            exchange(command("GET", "key:" + key), bulk(value(key)));
        }
        exchange(command("GET", "key:0"), "$-1\r\n");
    }

    private void exchange(String request, String expected) throws IOException {
        client.getOutputStream().write(request.getBytes(ISO_8859_1));
        byte[] reply = client.getInputStream().readNBytes(expected.length());
        if (!expected.equals(new String(reply, ISO_8859_1))) {
            int length = Math.min(100, reply.length);
            throw new CheckFailedException(
                    "unexpected reply: " + new String(reply, 0, length, ISO_8859_1));
        }
    }

    private static String value(int key) {
        return (key + ",").repeat(VALUE).substring(0, VALUE);
    }

    private static String command(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append(bulk(word));
        }
        return text.toString();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CheckFailedException(otherwise);
        }
    }

    /** Something is not as it must be. */
    private static final class CheckFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CheckFailedException(String message) {
            super(message);
        }
    }
}
