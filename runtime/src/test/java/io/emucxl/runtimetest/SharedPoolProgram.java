package io.emucxl.runtimetest;

import io.emucxl.RegionSpace;
import io.emucxl.runtime.LongArrays;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.TieredRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Four threads that keep a quarter of a pool in use and drop the rest, so that they run short
 * together: each gets memory, zeroed, and nobody's live array changes.
 */
final class SharedPoolProgram {
    private static final int THREADS = 4;
    private static final int ARRAYS = 30_000;
    private static final int LIVE = 60;

    private SharedPoolProgram() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        RegionSpace space = Pool.start(2 << 20, 6 << 20);
        int target = Targets.register("shared", 0, Targets.DEFAULT_TIER);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> ends = new ArrayList<>();
        for (int id = 1; id <= THREADS; id++) {
            long stamp = id;
            ends.add(threads.submit(() -> churn(target, stamp)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();
        TieredRuntime.reclaim();
        check(space.stats(0) + space.stats(1) == 0, "live bytes at the end");
        space.trim();
        check(space.used(0) + space.used(1) == 0, "regions at the end");
        System.out.println("done");
    }

    private static void churn(int target, long stamp) {
        Random random = new Random(stamp);
        TieredArray[] live = new TieredArray[LIVE];
        for (int i = 0; i < ARRAYS; i++) {
            int n = 1 + random.nextInt(i % 50 == 0 ? 20_000 : 2_000);
            TieredArray a = LongElements.allocate(n, target);
            check(LongElements.get(a, 0) == 0 && LongElements.get(a, n - 1) == 0, "not zero");
            LongArrays.fill(a, stamp);
            int k = random.nextInt(LIVE);
            TieredArray old = live[k];
            if (old != null) {
                int at = random.nextInt(TieredArray.length(old));
                check(LongElements.get(old, at) == stamp, "somebody else's element");
            }
            live[k] = a;
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
