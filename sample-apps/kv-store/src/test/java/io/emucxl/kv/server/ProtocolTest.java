package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes over the wire: in pieces, wrong, too large, or not at all. */
class ProtocolTest {
    private static final Limits LIMITS = new Limits(100, 10_000, 50_000, 50, 1 << 20, 1000);
    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served(Capacity.bytes(1 << 20, 4 << 20), LIMITS, 1);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void commandsMayArriveByteByByte() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            for (char c : "*3\r\n$3\r\nSET\r\n$2\r\nab\r\n$0\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertEquals("+OK\r\n", client.read(5));
            client.send("*2\r\n$3\r\nGET\r\n$2\r\nab\r\n");
            assertEquals("$0\r\n\r\n", client.read(6));
        }
    }

    @Test
    void inlineCommandsAreCommands() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send("SET \"a b\" 'c'\r\nGET \"a\\x20b\"\r\n\r\nQUIT\r\n");
            assertEquals("+OK\r\n$1\r\nc\r\n+OK\r\n", client.readAll());
        }
    }

    @Test
    void linesMayEndWithoutCarriageReturn() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send("PING\n\nECHO ab");
            assertEquals("+PONG\r\n", client.read(7));
            client.send("c\nPING\r\n*1\r\n$4\r\nPING\r\nQUIT\n");
            assertEquals("$3\r\nabc\r\n+PONG\r\n+PONG\r\n+OK\r\n", client.readAll());
        }
    }

    @Test
    void violationsAreNamedAndEndTheConnection() throws Exception {
        assertEquals("-ERR Protocol error: invalid multibulk length\r\n", replyTo("*51\r\n$1\r\n"));
        assertEquals(
                "-ERR Protocol error: invalid multibulk length\r\n", replyTo("*2147483647\r\n"));
        assertEquals(
                "-ERR Protocol error: invalid bulk length\r\n",
                replyTo("*2\r\n$3\r\nGET\r\n$10001\r\n"));
        assertEquals(
                "-ERR Protocol error: expected '$', got '*'\r\n", replyTo("*2\r\n*1\r\n$1\r\n"));
        assertEquals("-ERR Protocol error: expected '*', got '$'\r\n", replyTo("$1\r\na\r\n"));
        assertEquals("-ERR Protocol error: expected '$'\r\n", replyTo("*1\r\n:1\r\n"));
        assertEquals(
                "-ERR Protocol error: unbalanced quotes in request\r\n", replyTo("GET \"a\r\n"));
        assertTrue(replyTo("*x\r\n").startsWith("-ERR Protocol error"));
        assertTrue(replyTo("*1\r\n$-5\r\n").startsWith("-ERR Protocol error: length: -5"));
        assertTrue(replyTo("*2\r\n$3\r\nGETxx").startsWith("-ERR Protocol error"));
        assertTrue(replyTo("A".repeat(70_000)).startsWith("-ERR Protocol error"));
    }

    private static String replyTo(String bytes) throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send(bytes);
            return client.readAll();
        }
    }

    @Test
    void keysAndValuesHaveLimits() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send("SET " + "k".repeat(101) + " v\r\nQUIT\r\n");
            assertEquals(
                    "-ERR key exceeds maximum allowed size (100 bytes)\r\n+OK\r\n",
                    client.readAll());
        }
        try (RawClient client = new RawClient(served.port())) {
            client.send("SET k " + "v".repeat(9000) + "\r\n");
            client.send("APPEND k " + "v".repeat(2000) + "\r\nSTRLEN k\r\nQUIT\r\n");
            assertEquals("+OK\r\n", client.read(5));
            String error = "-ERR string exceeds maximum allowed size (10000 bytes)\r\n";
            assertEquals(error, client.read(error.length()));
            assertEquals(":9000\r\n+OK\r\n", client.readAll());
        }
    }

    @Test
    void connectionsHaveALimit() throws Exception {
        Limits two = new Limits(100, 100, 1000, 10, 1000, 2);
        try (Served few = new Served(Capacity.objects(1, 1), two, 2);
                RawClient first = new RawClient(few.port());
                RawClient second = new RawClient(few.port())) {
            first.send("PING\r\n");
            assertEquals("+PONG\r\n", first.read(7));
            second.send("PING\r\n");
            assertEquals("+PONG\r\n", second.read(7));
            try (RawClient third = new RawClient(few.port())) {
                assertEquals("-ERR max number of clients reached\r\n", third.readAll());
            }
        }
    }

    @Test
    void aClientThatReadsNothingIsDisconnectedBeforeItTakesTheMemory() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send("SET big " + "v".repeat(10_000) + "\r\n");
            assertEquals("+OK\r\n", client.read(5));
            // Half a gigabyte of replies; what is not read is at most the limit and the sockets'.
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 5000; i++) {
                many.append("GET big\r\n");
            }
            try {
                for (int i = 0; i < 10; i++) {
                    client.send(many.toString());
                }
                client.endOfInput();
                client.readAll();
            } catch (java.io.IOException e) {
                // The server has reset the connection: so it may.
                assertTrue(e.getMessage() != null);
            }
        }
        ping();
    }

    @Test
    void clientsThatDieInMidCommandHarmNobody() throws Exception {
        for (int i = 0; i < 200; i++) {
            RawClient client = new RawClient(served.port());
            client.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\nabc".substring(0, 1 + i % 29));
            if (i % 2 == 0) {
                client.kill();
            } else {
                client.close();
            }
        }
        ping();
    }

    @Test
    void aHundredThousandMalformedFramesLeaveTheServerGoing() throws Exception {
        Random random = new Random(5);
        Map<String, Command> all = new HashMap<>();
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(10, 10), "lru")) {
            new StringCommands(store, LIMITS).addTo(all);
            Commands commands = new Commands(all);
            EmbeddedChannel channel = null;
            for (int i = 0; i < 100_000; i++) {
                if (channel == null || !channel.isOpen()) {
                    channel = new EmbeddedChannel(Connection.handlers(commands, LIMITS));
                }
                channel.writeInbound(Unpooled.wrappedBuffer(malformed(random)));
                channel.runPendingTasks();
                for (ByteBuf out; (out = channel.readOutbound()) != null; ) {
                    out.release();
                }
                channel.checkException();
            }
        }
        for (int i = 0; i < 300; i++) {
            try (RawClient client = new RawClient(served.port())) {
                for (int k = 0; k < 20; k++) {
                    client.send(new String(malformed(random), StandardCharsets.ISO_8859_1));
                }
                client.endOfInput();
                client.readAll();
            } catch (java.io.IOException e) {
                // The server has closed the connection while this side was still sending.
                assertTrue(e.getMessage() != null);
            }
        }
        ping();
    }

    /** A command with some bytes changed, left out or put in. */
    private static byte[] malformed(Random random) {
        StringBuilder frame = new StringBuilder("*3\r\n$3\r\nSET\r\n$2\r\nab\r\n$3\r\nxyz\r\n");
        String bytes = "*$:+-\r\n0129\0\"' \u00ff";
        for (int i = 1 + random.nextInt(4); i > 0 && frame.length() > 1; i--) {
            int at = random.nextInt(frame.length());
            char c = bytes.charAt(random.nextInt(bytes.length()));
            switch (random.nextInt(4)) {
                case 0 -> frame.setCharAt(at, c);
                case 1 -> frame.insert(at, c);
                case 2 -> frame.deleteCharAt(at);
                default -> frame.setLength(Math.max(1, at));
            }
        }
        return frame.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void ping() throws Exception {
        try (RawClient client = new RawClient(served.port())) {
            client.send("PING\r\n");
            assertEquals("+PONG\r\n", client.read(7));
        }
    }
}
