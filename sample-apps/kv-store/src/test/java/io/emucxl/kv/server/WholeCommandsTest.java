package io.emucxl.kv.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the pieces in which commands arrive, and whichever decoder takes them. */
class WholeCommandsTest {
    private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 1 << 22, 100, 1 << 30, 10);

    private static final Commands ECHO =
            new Commands(Map.of("ECHO", new Command(2, (a, out) -> out.bulk(a[1]))));

    @Test
    void cutsChangeNothing() {
        Random random = new Random(7);
        for (int run = 0; run < 500; run++) {
            StringBuilder sent = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                String word = word(random);
                expected.append(bulk(word));
                sent.append(
                        random.nextInt(6) == 0 && word.matches("\\w+")
                                ? "ECHO " + word + "\r\n"
                                : "*2\r\n" + bulk("ECHO") + bulk(word));
            }
            assertEquals(expected.toString(), replies(sent.toString(), random));
        }
    }

    /** What is behind a value that went through Netty's decoder is decoded as a whole again. */
    @Test
    void aLargeValueIsNotTheEndOfIt() {
        EmbeddedChannel channel = new EmbeddedChannel(Connection.handlers(ECHO, LIMITS));
        String large = "*2\r\n" + bulk("ECHO") + bulk("x".repeat(100_000));
        channel.writeInbound(Unpooled.copiedBuffer(large.substring(0, 70_000), ISO_8859_1));
        channel.writeInbound(Unpooled.copiedBuffer(large.substring(70_000), ISO_8859_1));
        assertEquals(bulk("x".repeat(100_000)), read(channel));
        channel.writeInbound(Unpooled.copiedBuffer("*2\r\n$4\r\nECHO\r\n$1\r\n", ISO_8859_1));
        channel.writeInbound(Unpooled.copiedBuffer("y\r\n", ISO_8859_1));
        assertEquals(bulk("y"), read(channel));
        assertTrue(channel.isOpen());
    }

    private static String word(Random random) {
        int length =
                switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(60_000);
                    default -> 1 + random.nextInt(40);
                };
        char[] word = new char[length];
        if (random.nextBoolean()) {
            Arrays.fill(word, 'w');
        } else {
            for (int i = 0; i < length; i++) {
                word[i] = "\r\n*$1a\u0000\u00ff".charAt(random.nextInt(8));
            }
        }
        return new String(word);
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static String replies(String sent, Random random) {
        EmbeddedChannel channel = new EmbeddedChannel(Connection.handlers(ECHO, LIMITS));
        StringBuilder replies = new StringBuilder();
        int longest = 1 << random.nextInt(17);
        for (int at = 0; at < sent.length(); ) {
            int end = Math.min(sent.length(), at + 1 + random.nextInt(longest));
            // Byte by byte only where it is short.
            end = sent.length() > 5000 && longest < 64 ? Math.min(sent.length(), at + 999) : end;
            channel.writeInbound(Unpooled.copiedBuffer(sent.substring(at, end), ISO_8859_1));
            replies.append(read(channel));
            at = end;
        }
        channel.finishAndReleaseAll();
        return replies.toString();
    }

    private static String read(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out; (out = channel.readOutbound()) != null; ) {
            text.append(out.toString(ISO_8859_1));
            out.release();
        }
        return text.toString();
    }
}
