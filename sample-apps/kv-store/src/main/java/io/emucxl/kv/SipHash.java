package io.emucxl.kv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash with one round a word and three at the end: a keyed hash, so that nobody who can choose
 * the keys of a store but does not know this one can make them collide.
 *
 * <p>J.-P. Aumasson and D. J. Bernstein, SipHash: a fast short-input PRF, INDOCRYPT 2012.
 */
final class SipHash {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;
    private final int wordRounds;
    private final int finalRounds;

    SipHash(long k0, long k1) {
        this(k0, k1, 1, 3);
    }

    /** With other numbers of rounds: the published test vectors are for 2 and 4. */
    SipHash(long k0, long k1, int wordRounds, int finalRounds) {
        this.k0 = k0;
        this.k1 = k1;
        this.wordRounds = wordRounds;
        this.finalRounds = finalRounds;
    }

    long hash(byte[] bytes) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        int words = bytes.length >> 3;
        for (int word = 0; word <= words + finalRounds; word++) {
            // The words of the input, then its length and last bytes, then rounds without input.
            long m = 0;
            int rounds = wordRounds;
            if (word < words) {
                m = (long) LONGS.get(bytes, word << 3);
            } else if (word == words) {
                m = last(bytes);
            } else {
                rounds = 1;
                if (word == words + 1) {
                    v2 ^= 0xff;
                }
            }
            v3 ^= m;
            for (int round = 0; round < rounds; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long last(byte[] bytes) {
        long m = (long) bytes.length << 56;
        for (int i = bytes.length & ~7, shift = 0; i < bytes.length; i++, shift += 8) {
            m |= (bytes[i] & 0xffL) << shift;
        }
        return m;
    }
}
