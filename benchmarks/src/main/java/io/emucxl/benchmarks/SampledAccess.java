package io.emucxl.benchmarks;

import io.emucxl.runtime.RemoteTier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Work on an array that the agent places; {@link Overhead} runs it with and without sampling. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SampledAccess {
    /** The system property that names the policy file. */
    static final String POLICY = "sampled.policy";

    /** The system property that gives the share of time of open windows, in percent. */
    static final String DUTY = "sampled.duty";

    /** The default of the policy file, in percent. */
    static final int DEFAULT_DUTY = 1;

    /** The iterations between two that may differ in whether there is sampling. */
    static final int STRETCH = 5;

    /** The iterations that are not measured: longer than more is sampled because heat is new. */
    static final int WARMUP = 15;

    private static final int READS = 1 << 14;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** In the first-level cache, and in none. */
    @Param({"16", "65536"})
    public int kibibytes;

    @RemoteTier private long[] data;
    private int seed = 1;
    private int iteration = -WARMUP;
    private boolean sampling;

    /** Fills the array. */
    @Setup
    public void allocate() {
        data = new long[kibibytes << 7];
        for (int i = 0; i < data.length; i++) {
            data[i] = i;
        }
    }

    /**
     * Whether the accesses of a stretch are sampled: in one of each two, and in the first of every
     * other two, so that a machine that becomes slower favours neither.
     */
    static boolean samples(int stretch) {
        return ((stretch + 1) / 2) % 2 == 1;
    }

    /**
     * Writes the policy file.
     *
     * @param duty in percent; above the default nothing bounds what sampling costs
     */
    static void write(Path policy, int duty) throws IOException {
        Files.writeString(
                policy,
                "backend: emulated\nplacement: {sampling: {duty: "
                        + duty
                        + "%, overhead: "
                        + (duty > DEFAULT_DUTY ? 100 : 1)
                        + "%}}\n");
    }

    /** Switches sampling on or off for the iteration, and waits until it is. */
    @Setup(Level.Iteration)
    public void switchSampling() throws IOException, JMException, InterruptedException {
        boolean wanted = iteration < 0 || samples(iteration / STRETCH);
        iteration++;
        if (wanted == sampling) {
            return;
        }
        sampling = wanted;
        write(Path.of(System.getProperty(POLICY)), wanted ? Integer.getInteger(DUTY) : 0);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName engine = new ObjectName("io.emucxl:type=Tiering");
        long begin = System.nanoTime();
        while (!server.isRegistered(engine)
                || (Double) server.getAttribute(engine, "Duty") > 0 != wanted) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("the policy file was not read again");
            }
            Thread.sleep(20);
        }
    }

    /** Reads in random order. */
    @Benchmark
    public long random() {
        int mask = data.length - 1;
        int x = seed;
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            sum += data[(x >>> 8) & mask];
        }
        seed = x;
        return sum;
    }

    /** Counts in random order. */
    @Benchmark
    public void count() {
        int mask = data.length - 1;
        int x = seed;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            data[(x >>> 8) & mask]++;
        }
        seed = x;
    }
}
