package io.emucxl.queue;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.file.DeviceProfile;
import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.queue.QueueTimes.Operation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands {@code emucxl table 3} and {@code emucxl run queue}. */
@Command(
        name = "table 3",
        mixinStandardHelpOptions = true,
        description = "Table III of the paper: the times of a queue on local and remote memory.",
        sortOptions = false)
public final class Table3 implements Callable<Integer> {
    private static final int LINE = 64;
    private static final int IN_CACHE = 64;
    private static final String LOCAL_PROFILE = "local-dram";
    private static final String NO_PROFILE = "none";

    /** Where the ring buffer's array is in each of its runs. */
    private static final String[] RINGS = {"heap", "local", "remote", "remote, modelled"};

    /** The paper's means and deviations in milliseconds: enqueue and dequeue, local and remote. */
    private static final Sample[][] PAPER = {
        {new Sample(502.98, 9.23), new Sample(567.21, 7.93)},
        {new Sample(417.69, 8.71), new Sample(500.40, 3.66)},
    };

    @Option(names = "--json", description = "Print the measurements as JSON, and nothing else.")
    private boolean json;

    @Option(
            names = "--operations",
            paramLabel = "N",
            defaultValue = "15000",
            description = "Numbers that go through a queue (default: ${DEFAULT-VALUE}).")
    private int operations;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "20",
            description = "Repetitions after the warm-up (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "524288",
            description = "Nodes of the chain for pointer chasing (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "cxl-2.0-x8",
            completionCandidates = Profiles.class,
            description =
                    "Device that the remote tier is modelled as on the emulated backend:"
                            + " ${COMPLETION-CANDIDATES}, or a file of that form (default:"
                            + " ${DEFAULT-VALUE}).")
    private String profile;

    @Spec private CommandSpec spec;

    private final PrintStream out;
    private boolean modelled;
    private double extraNanos;

    Table3(PrintStream out) {
        this.out = out;
    }

    /** Runs the command and exits: 0, 1 when it fails, 2 on bad usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Table3(System.out)).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (operations < 1 || repetitions < 1 || nodes < 2 * IN_CACHE) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--operations and --repetitions must be at least 1, --nodes at least "
                            + 2 * IN_CACHE);
        }
        extraNanos = Math.max(0, latency(profile) - latency(LOCAL_PROFILE));
        QueueTimes times = new QueueTimes(operations, repetitions);
        Backend backend;
        double[] inCache;
        double[] inMemory;
        try (RegionSpace space = RegionSpace.start(SpaceConfig.DEFAULT)) {
            backend = space.backend();
            modelled = backend == Backend.EMULATED;
            times.measure();
            inCache = PointerChase.measure(IN_CACHE);
            inMemory = PointerChase.measure(nodes);
        }
        List<RingRun> rings = rings();
        if (json) {
            printJson(backend, times, inCache, inMemory, rings);
        } else {
            print(backend, times, inCache, inMemory, rings);
        }
        return 0;
    }

    /** The latency of an access to an idle device, in nanoseconds. */
    private double latency(String name) {
        try {
            DeviceProfile.Quantity latency = DeviceProfiles.read(name).latency();
            return latency.relative() ? latency.value() * latency(LOCAL_PROFILE) : latency.value();
        } catch (PolicyFileException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Without the agent, and with it on both tiers; nothing when the agent is not known. */
    private List<RingRun> rings() throws Exception {
        String agent = System.getProperty("emucxl.agent");
        List<RingRun> rings = new ArrayList<>();
        if (agent != null) {
            rings.add(ring(null, "", NO_PROFILE));
            rings.add(ring(Path.of(agent), "local", NO_PROFILE));
            rings.add(ring(Path.of(agent), "remote", NO_PROFILE));
            if (modelled) {
                boolean named = DeviceProfiles.names().contains(profile);
                String name = named ? profile : Path.of(profile).toAbsolutePath().toString();
                rings.add(ring(Path.of(agent), "remote", name));
            }
        }
        return rings;
    }

    private RingRun ring(Path agent, String start, String device) throws Exception {
        return RingRun.run(agent, start, device, operations, repetitions);
    }

    /**
     * What the emulated remote tier adds to one pass over the queue: an access for each cache line
     * of its nodes, once, when they are written.
     */
    private double modelledMillis() {
        long lines = ((long) operations * NodeQueue.NODE_BYTES + LINE - 1) / LINE;
        return modelled ? lines * extraNanos / 1e6 : 0;
    }

    private void print(
            Backend backend,
            QueueTimes times,
            double[] inCache,
            double[] inMemory,
            List<RingRun> rings) {
        out.printf(
                Locale.ROOT,
                "Table III: %,d operations on a linked queue, milliseconds, mean (deviation)%n",
                operations);
        out.printf(
                Locale.ROOT,
                "backend %s, %d repetitions after as many for warm-up, in alternating order%n%n",
                backend,
                repetitions);
        out.printf("%-34s%18s%18s%n", "", "local", "remote");
        row("enqueue, paper", PAPER[0]);
        row("enqueue", times, Operation.ENQUEUE);
        row("dequeue, paper", PAPER[1]);
        row("dequeue", times, Operation.DEQUEUE);
        out.println("taken apart:");
        row("  allocate the nodes", times, Operation.ALLOCATE);
        row("  link them", times, Operation.LINK);
        row("  read and unlink them", times, Operation.UNLINK);
        row("  free the nodes", times, Operation.FREE);
        if (modelled) {
            Sample enqueue = times.of(Operation.ENQUEUE, 1);
            out.printf(
                    "%-34s%18s%18s  modelled%n",
                    "enqueue with modelled latency", "", show(enqueue.plus(modelledMillis())));
        }
        out.println();
        out.println("pointer chasing in random order, ns a node (the call takes part of it)");
        chase(IN_CACHE + " nodes, in cache", inCache, 0);
        chase(nodes + " nodes", inMemory, 0);
        if (modelled) {
            chase(nodes + " nodes, modelled", inMemory, extraNanos);
        }
        if (!rings.isEmpty()) {
            out.println();
            out.println("the same work as plain Java on an array that grows, milliseconds");
            out.printf("%-34s%18s%18s%n", "", "enqueue", "dequeue");
            for (int i = 0; i < rings.size(); i++) {
                RingRun ring = rings.get(i);
                out.printf(
                        "%-34s%18s%18s%n",
                        (i == 0 ? "on the " : "under the agent, ") + RINGS[i],
                        show(ring.enqueue()),
                        show(ring.dequeue()));
            }
        }
        if (modelled) {
            out.println();
            out.printf(
                    Locale.ROOT,
                    "Both tiers are one memory here: where local and remote differ is noise."
                            + " Rows that say modelled add%n%.0f ns for each remote access that"
                            + " misses the cache (%s against %s); the queue's%nnodes are taken to"
                            + " stay in it once they are written. The ring buffer's modelled row is"
                            + " measured:%nthe runtime makes its thread wait for the device.%n",
                    extraNanos,
                    profile,
                    LOCAL_PROFILE);
        }
    }

    private void row(String name, QueueTimes times, Operation operation) {
        row(name, new Sample[] {times.of(operation, 0), times.of(operation, 1)});
    }

    private void row(String name, Sample[] tiers) {
        out.printf("%-34s%18s%18s%n", name, show(tiers[0]), show(tiers[1]));
    }

    private void chase(String name, double[] nanos, double more) {
        out.printf(Locale.ROOT, "%-34s%18.1f%18.1f%n", name, nanos[0], nanos[1] + more);
    }

    private static String show(Sample sample) {
        return String.format(Locale.ROOT, "%.3f (%.3f)", sample.mean(), sample.deviation());
    }

    private void printJson(
            Backend backend,
            QueueTimes times,
            double[] inCache,
            double[] inMemory,
            List<RingRun> rings) {
        out.print('[');
        String separator = "";
        for (Operation operation : Operation.values()) {
            for (int tier = 0; tier < 2; tier++) {
                Sample sample = times.of(operation, tier);
                out.printf(
                        Locale.ROOT,
                        "%s%n{\"operation\": \"%s\", \"tier\": \"%s\", \"backend\": \"%s\","
                                + " \"operations\": %d, \"repetitions\": %d, \"meanMs\": %.6f,"
                                + " \"deviationMs\": %.6f, \"modelledMs\": %.6f}",
                        separator,
                        operation.name().toLowerCase(Locale.ROOT),
                        tier == 0 ? "local" : "remote",
                        backend,
                        operations,
                        repetitions,
                        sample.mean(),
                        sample.deviation(),
                        tier == 1 && operation == Operation.ENQUEUE ? modelledMillis() : 0);
                separator = ",";
            }
        }
        for (int tier = 0; tier < 2; tier++) {
            out.printf(
                    Locale.ROOT,
                    ",%n{\"operation\": \"chase\", \"tier\": \"%s\", \"backend\": \"%s\","
                            + " \"nodes\": %d, \"nanosInCache\": %.3f, \"nanos\": %.3f,"
                            + " \"profile\": \"%s\", \"modelledNanos\": %.1f}",
                    tier == 0 ? "local" : "remote",
                    backend,
                    nodes,
                    inCache[tier],
                    inMemory[tier],
                    modelled ? profile : "none",
                    tier == 1 && modelled ? extraNanos : 0);
        }
        for (int i = 0; i < rings.size(); i++) {
            printRing(RINGS[i], "enqueue", rings.get(i).enqueue());
            printRing(RINGS[i], "dequeue", rings.get(i).dequeue());
        }
        out.printf("%n]%n");
    }

    private void printRing(String place, String operation, Sample sample) {
        out.printf(
                Locale.ROOT,
                ",%n{\"operation\": \"ring %s\", \"place\": \"%s\", \"operations\": %d,"
                        + " \"repetitions\": %d, \"meanMs\": %.6f, \"deviationMs\": %.6f}",
                operation,
                place,
                operations,
                repetitions,
                sample.mean(),
                sample.deviation());
    }

    /** The names of the device profiles, for the help. */
    static final class Profiles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DeviceProfiles.names().iterator();
        }
    }
}
