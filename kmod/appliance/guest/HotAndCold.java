// SPDX-License-Identifier: Apache-2.0
import io.emucxl.runtime.RemoteTier;
import java.util.SplittableRandom;

/**
 * Reads a few of many arrays over and over, until it is killed. What an array is can be told from its memory alone: every
 * word of it is the one mark or the other. So a test that knows nothing of the runtime can look where its pages are.
 */
final class HotAndCold {
    private static final long HOT = 0x407407407407407L;
    private static final long COLD = 0xc01dc01dc01dc01L;
    private static final int ARRAYS = 40;
    private static final int HOT_ARRAYS = 8;
    private static final int WORDS = 128 << 10;

    @RemoteTier private long[] words;

    private HotAndCold(long mark) {
        words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = mark;
        }
    }

    private long read(SplittableRandom random, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += words[random.nextInt(WORDS)];
        }
        return sum;
    }

    public static void main(String[] args) {
        HotAndCold[] all = new HotAndCold[ARRAYS];
        // Not the first ones, which would be the likely choice of a rule that knows nothing.
        int first = ARRAYS / 2;
        for (int i = 0; i < ARRAYS; i++) {
            all[i] = new HotAndCold(i >= first && i < first + HOT_ARRAYS ? HOT : COLD);
        }
        System.out.println("ready");
        SplittableRandom random = new SplittableRandom(1);
        while (true) {
            int count = 1000;
            HotAndCold hot = all[first + random.nextInt(HOT_ARRAYS)];
            if (hot.read(random, count) != count * HOT) {
                System.out.println("an array changed");
                System.exit(1);
            }
        }
    }
}
