package io.emucxl.kv.server;

import io.emucxl.Backend;
import io.emucxl.EmucxlException;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import io.emucxl.kv.rule.Rules;
import io.emucxl.kv.speed.CompareMap;
import io.emucxl.kv.speed.CompareRedis;
import io.emucxl.kv.table.Table4;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code emucxl run kv-store}: serves a store on two tiers to Redis clients. */
@Command(
        name = "run kv-store",
        mixinStandardHelpOptions = true,
        description = "Serves a key-value store on two tiers of memory to Redis clients.",
        subcommands = {CompareRedis.class, CompareMap.class, Table4.class, Check.class},
        sortOptions = false)
public final class KvServer implements Callable<Integer> {
    private static final long REGION = 2 << 20;

    @Option(
            names = "--port",
            defaultValue = "6379",
            description = "Port on the loopback interface; 0 takes a free one (default: 6379).")
    private int port;

    @Option(
            names = "--local",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = ByteSize.class,
            description = "Local memory for objects (default: ${DEFAULT-VALUE}).")
    private long local;

    @Option(
            names = "--remote",
            paramLabel = "SIZE",
            defaultValue = "1GiB",
            converter = ByteSize.class,
            description = "Remote memory for objects (default: ${DEFAULT-VALUE}).")
    private long remote;

    @Option(
            names = "--rule",
            defaultValue = "hotset",
            completionCandidates = RuleNames.class,
            description = "Placement rule: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String rule;

    @Option(
            names = "--backend",
            defaultValue = "auto",
            description = "auto, device, numa or emulated (default: ${DEFAULT-VALUE}).")
    private String backend;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that carry commands out (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--max-value",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            converter = ByteSize.class,
            description = "Longest value (default: ${DEFAULT-VALUE}).")
    private long maxValue;

    @Option(
            names = "--max-clients",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Connections at the same time (default: ${DEFAULT-VALUE}).")
    private int maxClients;

    private KvServer() {}

    /** Serves until the process is told to end; exits with 2 on bad usage. */
    public static void main(String[] args) {
        // Netty's checks of its own use; the tests of this module run with them.
        System.setProperty("io.netty.buffer.checkBounds", "false");
        System.setProperty("io.netty.buffer.checkAccessible", "false");
        System.setProperty("io.netty.leakDetection.level", "disabled");
        System.exit(
                new CommandLine(new KvServer())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(KvServer::failed)
                        .execute(args));
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof EmucxlException || e instanceof java.io.IOException) {
            System.err.println("kv-store: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    @Override
    public Integer call() throws Exception {
        require(port >= 0 && port <= 65535, "--port must be from 0 to 65535");
        require(workers > 0, "--workers must be at least 1");
        require(maxClients > 0, "--max-clients must be at least 1");
        require(maxValue > 0 && maxValue <= 512 << 20, "--max-value must be from 1 to 512MiB");
        require(Rules.names().contains(rule), "--rule must be one of " + Rules.names());
        Backend wanted = backend(backend);

        Capacity capacity = Capacity.bytes(local, remote);
        SpaceConfig config =
                new SpaceConfig(wanted, 0, -1, withSlack(local), -1, withSlack(remote));
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    told.countDown();
                                    try {
                                        stopped.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                "shutdown"));
        try (RegionSpace space = RegionSpace.start(config);
                KeyValueStore store = new KeyValueStore(capacity, rule);
                RedisServer server =
                        new RedisServer(
                                store,
                                capacity,
                                limits(),
                                space.backend().toString(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                workers)) {
            System.out.printf(
                    Locale.ROOT,
                    "kv-store: port %d, backend %s, local %s, remote %s, rule %s%n",
                    server.port(),
                    space.backend(),
                    ByteSize.print(local),
                    ByteSize.print(remote),
                    rule);
            told.await();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.keyBytes(),
                (int) maxValue,
                usual.requestBytes(),
                usual.arguments(),
                usual.replyBytes(),
                maxClients);
    }

    /**
     * What the library may take for objects of so many bytes: slabs are not always full, and an
     * object exists twice while it moves.
     */
    private long withSlack(long bytes) {
        return bytes + bytes / 4 + maxValue + 16 * REGION;
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new CommandLine.ParameterException(new CommandLine(this), message);
        }
    }

    private Backend backend(String name) {
        for (Backend b : Backend.values()) {
            if (b.toString().equals(name)) {
                return b;
            }
        }
        throw new CommandLine.ParameterException(
                new CommandLine(this), "--backend must be auto, device, numa or emulated");
    }

    /** The names of the placement rules, for the help. */
    static final class RuleNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Rules.names().iterator();
        }
    }
}
