package io.emucxl.slab;

import io.emucxl.Emucxl;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code emucxl run slab}. */
@Command(
        name = "run slab",
        mixinStandardHelpOptions = true,
        description =
                "Shows what object caches do with memory, and how fast they are beside one mapping"
                        + " per object and malloc.",
        sortOptions = false)
public final class Slabs implements Callable<Integer> {
    private static final int SLAB_BYTES = 64 << 10;
    private static final int MAPPED = 20_000;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Size of an object, 8 to 65536 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--objects",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many objects are allocated (default: ${DEFAULT-VALUE}).")
    private int objects;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rounds whose best time counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    private final PrintStream out;

    Slabs(PrintStream out) {
        this.out = out;
    }

    /** Runs the command and exits: 0, 1 when it fails, 2 on bad usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Slabs(System.out)).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (size < 8 || size > SLAB_BYTES || objects < 1 || rounds < 1) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this),
                    "--size must be from 8 to "
                            + SLAB_BYTES
                            + ", --objects and --rounds at least 1");
        }
        try (RegionSpace space = RegionSpace.start(SpaceConfig.DEFAULT)) {
            out.printf(
                    Locale.ROOT,
                    "backend %s, %,d objects of %d bytes in slabs of %d KiB%n%n",
                    space.backend(),
                    objects,
                    size,
                    SLAB_BYTES >> 10);
            life();
            throughput();
        }
        return 0;
    }

    private void life() {
        out.printf("%-44s%10s%8s%8s%8s%10s%n", "", "objects", "slabs", "local", "remote", "unused");
        long before = Emucxl.stats(0) + Emucxl.stats(1);
        try (ObjectCache cache = new ObjectCache(size, SLAB_BYTES)) {
            long[] handles = new long[objects];
            for (int i = 0; i < objects; i++) {
                handles[i] = cache.allocate(1);
            }
            show("all allocated in remote memory", cache);
            Random random = new Random(1);
            int live = objects;
            while (live > objects / 4) {
                int victim = random.nextInt(live);
                cache.free(handles[victim]);
                handles[victim] = handles[--live];
            }
            show("three in four freed, at random", cache);
            for (int i = live; i < objects / 2; i++) {
                handles[i] = cache.allocate(1);
            }
            live = Math.max(live, objects / 2);
            show("a quarter allocated again: no new slab", cache);
            int hot = Math.max(1, live / 10);
            for (int i = 0; i < hot; i++) {
                cache.migrate(handles[live - 1 - i], 0);
            }
            show("the slabs of the newest tenth promoted", cache);
            for (int i = 0; i < live; i++) {
                cache.free(handles[i]);
            }
            show("all freed: one slab a tier is kept", cache);
            cache.reclaim();
            show("reclaimed", cache);
        }
        out.printf(
                "bytes of emucxl memory still allocated: %d%n%n",
                Emucxl.stats(0) + Emucxl.stats(1) - before);
    }

    private void show(String what, ObjectCache cache) {
        int slabs = cache.slabs(0) + cache.slabs(1);
        long used = (cache.objects(0) + cache.objects(1)) * size;
        out.printf(
                Locale.ROOT,
                "%-44s%10d%8d%8d%8d%9.1f%%%n",
                what,
                cache.objects(0) + cache.objects(1),
                slabs,
                cache.slabs(0),
                cache.slabs(1),
                slabs == 0 ? 0 : 100 - 100.0 * used / ((double) slabs * SLAB_BYTES));
    }

    private void throughput() throws Exception {
        Comparison other = Comparison.measure(size, Math.min(objects, MAPPED), rounds);
        out.println("to allocate, write 8 bytes to, and free an object, ns (best of the rounds)");
        for (int tier = 0; tier < 2; tier++) {
            String where = tier == 0 ? ", local" : ", remote";
            line("object cache (Java)" + where, throughCache(tier), other);
            line("emucxl_alloc through JNI" + where, throughLibrary(tier), other);
        }
        line("one mapping per object (C)", other.mapping(), other);
        line("malloc (C)", other.malloc(), other);
    }

    private void line(String what, double nanos, Comparison other) {
        out.printf(
                Locale.ROOT,
                "%-44s%10.1f%10.1f times as fast as a mapping per object%n",
                what,
                nanos,
                other.mapping() / nanos);
    }

    private double throughCache(int tier) {
        int count = Math.min(objects, MAPPED);
        long[] handles = new long[count];
        byte[] bytes = new byte[Long.BYTES];
        double best = Double.MAX_VALUE;
        try (ObjectCache cache = new ObjectCache(size, SLAB_BYTES)) {
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    handles[i] = cache.allocate(tier);
                    Emucxl.write(bytes, 0, cache.address(handles[i]), 0, Long.BYTES);
                }
                for (int i = 0; i < count; i++) {
                    cache.free(handles[i]);
                }
                best = Math.min(best, (double) (System.nanoTime() - start) / count);
            }
        }
        return best;
    }

    private double throughLibrary(int tier) {
        int count = Math.min(objects, MAPPED);
        long[] addresses = new long[count];
        byte[] bytes = new byte[Long.BYTES];
        double best = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                addresses[i] = Emucxl.alloc(size, tier);
                Emucxl.write(bytes, 0, addresses[i], 0, Long.BYTES);
            }
            for (int i = 0; i < count; i++) {
                Emucxl.free(addresses[i], size);
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / count);
        }
        return best;
    }
}
