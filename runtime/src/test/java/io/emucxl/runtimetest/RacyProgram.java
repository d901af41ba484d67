package io.emucxl.runtimetest;

import io.emucxl.runtime.ByteArrays;
import io.emucxl.runtime.ByteElements;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.TieredRuntime;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Replaces tables under running {@link RacyLoops}, lets the memory of the old ones be used again,
 * and counts the rounds in which a loop touched it all the same.
 *
 * <p>Arguments: the number of rounds of each loop; {@code all}, or {@code any} to end as soon as a
 * read and a write went wrong; and the loops. Prints the bytes that were given back, the rounds in
 * which a read went wrong, and those in which a write did.
 */
final class RacyProgram {
    private static final long CALL_NANOS = 300_000_000;
    private static final long COMPILED_NANOS = 60_000_000;
    private static final byte POISON = 0x55;
    private static final int VICTIMS = 48;

    private final int target = Targets.register("racy", 0, Targets.DEFAULT_TIER);
    private final RacyLoops.Tables tables = new RacyLoops.Tables();
    private final Field address;
    private long givenBack;
    private int badReads;
    private int badWrites;

    private RacyProgram() throws ReflectiveOperationException {
        address = TieredArray.class.getDeclaredField("address");
        address.setAccessible(true);
    }

    public static void main(String[] args)
            throws ReflectiveOperationException, InterruptedException, ExecutionException {
        Pool.start(1 << 20, 1 << 20);
        int rounds = Integer.parseInt(args[0]);
        boolean any = args[1].equals("any");
        ExecutorService looper = Executors.newSingleThreadExecutor();
        RacyProgram program = new RacyProgram();
        for (int k = 2; k < args.length; k++) {
            RacyLoops loop = RacyLoops.valueOf(args[k]);
            if (any && program.found(loop)) {
                continue;
            }
            program.replaceTables();
            program.warmUp(loop);
            for (int i = 0; i < rounds && !(any && program.found(loop)); i++) {
                program.round(loop, looper);
            }
        }
        looper.shutdown();
        System.out.println(program.givenBack + " " + program.badReads + " " + program.badWrites);
    }

    private boolean found(RacyLoops loop) {
        return loop.writes() ? badWrites > 0 : badReads > 0;
    }

    private void replaceTables() throws ReflectiveOperationException {
        TieredArray bytes = ByteElements.allocate(RacyLoops.BYTES, target);
        RacyLoops.Tables.shared = bytes;
        tables.table = bytes;
        tables.bare = new RacyLoops.Bare(address.getLong(bytes), RacyLoops.BYTES);
        tables.longs = LongElements.allocate(RacyLoops.BYTES / Long.BYTES, target);
    }

    /** Has the loop compiled, and finds the number with which a call lasts long enough. */
    private void warmUp(RacyLoops loop) {
        tables.calls = 20;
        for (int i = 0; i < 200; i++) {
            loop.run(tables);
        }
        tables.calls = 1 << 12;
        while (true) {
            long start = System.nanoTime();
            loop.run(tables);
            long nanos = System.nanoTime() - start;
            if (nanos >= CALL_NANOS) {
                return;
            }
            tables.calls *= Math.min(16, 1 + CALL_NANOS / nanos);
        }
    }

    private void round(RacyLoops loop, ExecutorService looper)
            throws ReflectiveOperationException, InterruptedException, ExecutionException {
        replaceTables();
        CountDownLatch started = new CountDownLatch(1);
        Future<Long> bits =
                looper.submit(
                        () -> {
                            started.countDown();
                            return loop.run(tables);
                        });
        started.await();
        // Not to wait for anything: the loop shall be well under way, in compiled code.
        LockSupport.parkNanos(COMPILED_NANOS);
        replaceTables();
        givenBack += TieredRuntime.reclaim();
        TieredArray[] victims = new TieredArray[VICTIMS];
        for (int i = 0; i < VICTIMS; i++) {
            victims[i] = ByteElements.allocate(RacyLoops.BYTES, target);
            ByteArrays.fill(victims[i], POISON);
        }
        if (bits.get() != 0) {
            badReads++;
        }
        boolean overwritten = false;
        for (TieredArray victim : victims) {
            for (int i = 0; i < RacyLoops.BYTES; i++) {
                overwritten |= ByteElements.get(victim, i) != POISON;
            }
        }
        if (overwritten) {
            badWrites++;
        }
    }
}
