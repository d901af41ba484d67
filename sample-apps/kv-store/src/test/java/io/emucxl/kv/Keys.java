package io.emucxl.kv;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Keys and values of the tests. */
final class Keys {
    private Keys() {}

    static byte[] key(int number) {
        return bytes("key:" + number);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
