package io.emucxl.agent.programs;

/** Reads and writes an array of 4 MiB for a second, three times of four in one place. */
public final class Skewed {
    private final long[] table = new long[1 << 19];

    private Skewed() {}

    public static void main(String[] arguments) {
        Skewed skewed = new Skewed();
        long end = System.nanoTime() + 1_000_000_000L;
        long random = 1;
        while (System.nanoTime() < end) {
            random = skewed.work(random);
        }
        System.out.println("done");
        System.exit(7);
    }

    private long work(long seed) {
        long random = seed;
        for (int i = 0; i < 10_000; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            int index = (int) (random >>> 45);
            table[(i & 3) == 0 ? index : index & 4095]++;
        }
        return random;
    }
}
