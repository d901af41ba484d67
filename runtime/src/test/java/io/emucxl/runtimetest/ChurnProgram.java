package io.emucxl.runtimetest;

import io.emucxl.RegionSpace;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.TieredRuntime;

/** Allocates a million arrays, and drops them, in a pool that holds a hundredth of them. */
final class ChurnProgram {
    private static final int ARRAYS = 1_000_000;
    private static final int ELEMENTS = 128;

    private ChurnProgram() {}

    public static void main(String[] args) {
        long poolBytes = (long) ARRAYS / 100 * ELEMENTS * Long.BYTES;
        RegionSpace space = Pool.start(poolBytes / 4, poolBytes / 4 * 3);
        int target = Targets.register("churn", 0, Targets.DEFAULT_TIER);
        long before = space.stats(0) + space.stats(1);
        long sum = 0;
        for (int i = 0; i < ARRAYS; i++) {
            TieredArray a = LongElements.allocate(ELEMENTS, target);
            for (int k = 0; k < ELEMENTS; k += ELEMENTS / 2) {
                check(LongElements.get(a, k) == 0, "not zero");
                LongElements.set(a, k, i);
            }
            sum += LongElements.get(a, ELEMENTS / 2);
        }
        check(sum == (long) ARRAYS * (ARRAYS - 1) / 2, "sum " + sum);
        TieredRuntime.reclaim();
        long[] bytes = Targets.bytes()[target];
        check(bytes[0] + bytes[1] == 0, "bytes by target " + bytes[0] + " " + bytes[1]);
        long after = space.stats(0) + space.stats(1);
        check(after == before, "stats " + before + " became " + after);
        fillUp(target, poolBytes);
        TieredRuntime.reclaim();
        check(space.stats(0) + space.stats(1) == before, "stats after the pool was full");
        System.out.println("done");
    }

    /** Keeps all arrays: the pool runs out, says so, and has room again afterwards. */
    private static void fillUp(int target, long poolBytes) {
        TieredArray[] kept = new TieredArray[ARRAYS];
        int n = 0;
        try {
            while (n < ARRAYS) {
                kept[n] = LongElements.allocate(ELEMENTS, target);
                n++;
            }
            throw new AssertionError("the pool holds everything");
        } catch (OutOfMemoryError e) {
            long held = (long) n * ELEMENTS * Long.BYTES;
            check(held > poolBytes / 2 && held <= poolBytes, "held " + held);
            String message = e.getMessage();
            check(
                    message.startsWith(
                            "emucxl: no room for long[128] of 1024 bytes: tier remote has "),
                    message);
            check(e.getStackTrace()[0].getMethodName().equals("fillUp"), "top of the trace");
        }
        for (int i = 0; i < n; i += 2) {
            kept[i] = null;
        }
        TieredArray again = LongElements.allocate(ELEMENTS, target);
        check(LongElements.get(again, ELEMENTS - 1) == 0, "not zero");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
