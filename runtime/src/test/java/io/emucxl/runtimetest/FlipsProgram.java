package io.emucxl.runtimetest;

import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.reflect.Method;
import java.util.concurrent.locks.LockSupport;

/**
 * Has 900 grace periods go by under a busy loop. Prints by how much the loop is slower afterwards
 * (percent of the speed at the start), and by how much code cache and metaspace grew (MiB).
 */
final class FlipsProgram {
    private static final int GRACE_PERIODS = 900;
    private static final int LENGTH = 1 << 14;
    private static final long PAUSE_NANOS = 4_000_000;

    private static volatile boolean done;
    private static volatile long total;

    private FlipsProgram() {}

    public static void main(String[] args)
            throws ReflectiveOperationException, InterruptedException {
        Pool.start(1 << 20, 1 << 20);
        TieredArray a =
                LongElements.allocate(LENGTH, Targets.register("a", 0, Targets.DEFAULT_TIER));
        double before = bestNanos(a);
        Method await = Class.forName("io.emucxl.runtime.GracePeriod").getDeclaredMethod("await");
        await.setAccessible(true);
        Thread worker =
                new Thread(
                        () -> {
                            while (!done) {
                                total = Math.max(total, sum(a));
                            }
                        });
        worker.start();
        await.invoke(null);
        long code = bytesOf("Code");
        long metaspace = bytesOf("Metaspace");
        for (int i = 0; i < GRACE_PERIODS; i++) {
            await.invoke(null);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        done = true;
        worker.join();
        if (total != 0) {
            throw new AssertionError("the elements are zero, their sum is " + total);
        }
        double after = bestNanos(a);
        long mebibyte = 1 << 20;
        System.out.println(
                Math.round(100 * before / after)
                        + " "
                        + (bytesOf("Code") - code) / mebibyte
                        + " "
                        + (bytesOf("Metaspace") - metaspace) / mebibyte);
    }

    private static long sum(TieredArray a) {
        long sum = 0;
        for (int i = 0; i < TieredArray.length(a); i++) {
            sum += LongElements.get(a, i);
        }
        return sum;
    }

    /** The shortest of many calls: other processes disturb most of them. */
    private static double bestNanos(TieredArray a) {
        long best = Long.MAX_VALUE;
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                total = Math.max(total, sum(a));
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static long bytesOf(String pool) {
        long bytes = 0;
        for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
            if (bean.getName().startsWith(pool)) {
                bytes += bean.getUsage().getUsed();
            }
        }
        return bytes;
    }
}
