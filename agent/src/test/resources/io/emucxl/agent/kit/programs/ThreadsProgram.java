/** Threads that write neighbouring elements never disturb each other. */
public class ThreadsProgram {
    private final byte[] bytes = new byte[64];
    private final boolean[] flags = new boolean[64];
    private final short[] shorts = new short[64];
    private final char[] chars = new char[64];
    private volatile int[] published;

    private void write(int lane, int threads) {
        for (int round = 0; round < 20_000; round++) {
            for (int i = lane; i < 64; i += threads) {
                bytes[i]++;
                flags[i] = !flags[i];
                shorts[i] += 3;
                chars[i] = (char) (chars[i] + i);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        ThreadsProgram p = new ThreadsProgram();
        Thread[] all = new Thread[4];
        for (int t = 0; t < all.length; t++) {
            int lane = t;
            all[t] = new Thread(() -> p.write(lane, 4));
            all[t].start();
        }
        Thread reader =
                new Thread(
                        () -> {
                            int[] seen;
                            do {
                                seen = p.published;
                                Thread.yield();
                            } while (seen == null);
                            System.out.println(seen[0] + seen[999]);
                        });
        reader.start();
        int[] fresh = new int[1000];
        fresh[0] = 1;
        fresh[999] = 41;
        p.published = fresh;
        reader.join();
        for (Thread t : all) {
            t.join();
        }
        long sum = 0;
        for (int i = 0; i < 64; i++) {
            sum = sum * 31 + p.bytes[i] + (p.flags[i] ? 7 : 0) + p.shorts[i] * 5L + p.chars[i];
        }
        System.out.println(sum);
    }
}
