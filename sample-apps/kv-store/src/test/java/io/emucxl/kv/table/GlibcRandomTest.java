package io.emucxl.kv.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against numbers that a C program printed on glibc 2.36. */
class GlibcRandomTest {
    @Test
    void seedOneGivesWhatEveryCProgramStartsWith() {
        assertDraws(1, 1804289383, 846930886, 1681692777, 1714636915, 1957747793);
    }

    @Test
    void seedZeroIsSeedOne() {
        assertDraws(0, 1804289383, 846930886, 1681692777);
    }

    @Test
    void largestSeed() {
        assertDraws(2147483647, 1065668062, 2142264300, 1066566375, 1064012770, 2141034222);
    }

    @Test
    void negativeSeed() {
        assertDraws(-5, 1469203335, 1952330421, 2063378439, 796694348, 1716641992);
    }

    private static void assertDraws(int seed, int... expected) {
        GlibcRandom random = new GlibcRandom(seed);
        assertArrayEquals(
                expected, IntStream.range(0, expected.length).map(i -> random.next()).toArray());
    }
}
