package io.emucxl.policies.live;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.HotSet;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.PlacementPolicy;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.TieredRuntime;
import io.emucxl.runtime.Tuning;
import io.emucxl.runtime.Window;
import java.lang.management.ManagementFactory;
import java.util.Random;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A program with 16 MiB of data in regions of 64 KiB, of which a tenth gets nine accesses of ten.
 * It goes on until the engine has done what its argument names, or a minute has passed.
 */
final class SkewedAccess {
    private static final int LENGTH = 2 << 20;
    private static final int CHUNK = 8192;
    private static final int HOT_CHUNKS = 24;
    private static final long LOCAL = 4 << 20;

    private final TieredArray data;
    private final int[] hot = new int[HOT_CHUNKS];
    private long random = 88172645463325252L;
    private long added;

    private SkewedAccess() {
        int target = Targets.register("SkewedAccess.data", 0, 1);
        data = LongElements.allocate(LENGTH, target);
        for (int i = 0; i < HOT_CHUNKS; i++) {
            hot[i] = next(LENGTH / CHUNK);
        }
    }

    public static void main(String[] args) throws Exception {
        Backend backend = args[0].equals("stuck") ? Backend.NUMA : Backend.EMULATED;
        SpaceConfig config = new SpaceConfig(backend, 64 << 10, -1, LOCAL, -1, 64 << 20);
        PlacementPolicy policy =
                switch (args[0]) {
                    case "throws" -> new Throwing();
                    case "nonsense" -> new Nonsense();
                    default -> new HotSet();
                };
        TieredRuntime.start(
                new Settings(
                        config,
                        1,
                        new Tuning(
                                1_000_000,
                                0.05,
                                0.01,
                                20_000_000,
                                1L << 30,
                                16 << 20,
                                256 << 20,
                                args[0].equals("room") ? 0.5 : 0.02,
                                args[0].equals("room") ? 0.25 : 0.01,
                                policy)));
        RegionSpace space = RegionSpace.start(config);
        SkewedAccess program = new SkewedAccess();
        boolean done;
        switch (args[0]) {
            case "hot" -> done = program.run(() -> program.share() > 0.85);
            case "room" -> {
                int target = Targets.register("SkewedAccess.local", 0, 0);
                TieredArray first = LongElements.allocate((int) (LOCAL / 8 / 8 * 7), target);
                done = space.used(0) >= LOCAL / 8 * 7;
                done &= program.run(() -> space.used(0) <= LOCAL / 2);
                long before = space.used(0);
                TieredArray second = LongElements.allocate((int) (LOCAL / 8 / 8 * 3), target);
                // A region may have been demoted meanwhile.
                done &= space.used(0) - before > LOCAL / 4;
                LongElements.set(first, 0, LongElements.get(second, 0, false), false);
            }
            case "stuck" ->
                    done = program.run(() -> program.share() > 0.5 && bean("FailedMoves") >= 20);
            case "throws" -> done = program.run(() -> bean("PolicyFailures") > 10);
            case "nonsense" ->
                    done =
                            program.run(
                                    () ->
                                            bean("RefusedMoves") > 1000
                                                    && bean("Promotions") > 100
                                                    && bean("Demotions") > 100);
            case "capacity" -> {
                done = program.run(() -> space.used(0) > LOCAL / 2);
                space.setCapacity(0, LOCAL / 4);
                done &= program.run(() -> space.used(0) <= LOCAL / 4);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        long sum = program.sum();
        System.out.println(
                done && sum == program.added
                        ? "done, sum " + sum
                        : "done: " + done + ", sum " + sum + " of " + program.added);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private boolean run(Condition condition) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 50; i++) {
                work();
            }
            if (condition.holds()) {
                return true;
            }
        }
        return false;
    }

    /** Some thousand accesses, in a method whose entry reads the window as rewritten code does. */
    private void work() {
        boolean open = Window.open;
        for (int i = 0; i < 10_000; i++) {
            int chunk = next(10) > 0 ? hot[next(HOT_CHUNKS)] : next(LENGTH / CHUNK);
            int index = chunk * CHUNK + next(CHUNK);
            LongElements.set(data, index, LongElements.get(data, index, open) + 1, open);
        }
        added += 10_000;
    }

    private int next(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }

    private long sum() {
        long sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += LongElements.get(data, i, false); // not sampled: it is not the work
        }
        return sum;
    }

    private long lastLocal;
    private long lastRemote;
    private double lastShare;

    /** The local share of the last thousand samples or more. */
    private double share() throws Exception {
        long local = bean("LocalSamples");
        long remote = bean("RemoteSamples");
        if (local + remote > lastLocal + lastRemote + 1000) {
            lastShare = (double) (local - lastLocal) / (local + remote - lastLocal - lastRemote);
            lastLocal = local;
            lastRemote = remote;
        }
        return lastShare;
    }

    private static long bean(String attribute) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.emucxl:type=Tiering");
        return server.isRegistered(name) ? (Long) server.getAttribute(name, attribute) : 0;
    }

    /** A policy that always throws. */
    private static final class Throwing implements PlacementPolicy {
        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public void decide(Observation observed, Moves moves) {
            throw new IllegalStateException("on purpose");
        }
    }

    /** A policy that asks for what cannot be, and for moves back and forth for nothing. */
    private static final class Nonsense implements PlacementPolicy {
        private final Random random = new Random(1);

        @Override
        public String name() {
            return "nonsense";
        }

        @Override
        public void decide(Observation observed, Moves moves) {
            for (int i = 0; i < 200; i++) {
                moves.move(random.nextInt(), random.nextInt());
                moves.move(random.nextInt(Math.max(1, observed.units())), random.nextInt(2));
                moves.move(random.nextInt(Math.max(1, observed.units())), random.nextInt(4) - 1);
            }
        }
    }
}
