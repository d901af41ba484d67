package io.emucxl.agent.weave;

import io.emucxl.agent.AgentLoader;
import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.RewriteException;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.agent.analysis.World;
import io.emucxl.runtime.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * Sends a class of ours the way that the program's classes go, and looks where its array is. An
 * agent that is installed and does nothing would be worse than none.
 *
 * <p>Unless the code of a stored plan has it, the class is rewritten on a thread of its own, which
 * loads the rewriter and ASM while the runtime starts.
 */
final class SelfTest extends Thread {

    /** The class. */
    static final String PROBE = "io/emucxl/agent/weave/Probe";

    /** Short: at a start nothing is compiled, and each access takes a microsecond. */
    private static final int LENGTH = 64;

    /** The sum of the squares below {@link #LENGTH}. */
    private static final long SUM = (LENGTH - 1L) * LENGTH * (2 * LENGTH - 1L) / 6;

    private final AgentLoader loader = (AgentLoader) SelfTest.class.getClassLoader();
    private final int number = Targets.register("emucxl self-test", 0, Targets.DEFAULT_TIER);
    private Rewritten rewritten;
    private Throwable failure;

    private SelfTest() {
        super("emucxl-self-test");
        setDaemon(true);
    }

    /**
     * Begins a test; the runtime need not run yet.
     *
     * @param ahead the code of a stored plan, or null
     * @param numbered the number that the test's target has there
     */
    static SelfTest begin(StoredCode ahead, int numbered) {
        SelfTest test = new SelfTest();
        if (ahead != null && numbered == test.number) {
            test.take(ahead);
        }
        if (test.rewritten == null) {
            test.start();
        }
        return test;
    }

    private void take(StoredCode ahead) {
        try {
            rewritten = ahead.find(PROBE, Fingerprint.of(probe()));
        } catch (IOException e) {
            // Then it is rewritten, or says so.
        }
    }

    @Override
    public void run() {
        try {
            rewritten = rewritten(probe(), number);
        } catch (IOException | RewriteException | RuntimeException | LinkageError e) {
            failure = e;
        }
    }

    /**
     * The class file before it is rewritten.
     *
     * @throws IOException when it cannot be read
     */
    static byte[] probe() throws IOException {
        ClassLoader loader = SelfTest.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(PROBE + ".class")) {
            return in.readAllBytes();
        }
    }

    /**
     * The class rewritten for a target of this number.
     *
     * @throws RewriteException when it cannot be rewritten
     */
    static Rewritten rewritten(byte[] probe, int target) throws RewriteException {
        FieldId field = new FieldId(PROBE, "values", "[J");
        // With a stored plan the planner is not needed, and shall not be loaded for this.
        Plan plan = new Plan(Map.of(field, target), Map.of(), Set.of(), List.of(), Set.of(PROBE));
        return new Rewriter(new ProbeWorld(probe), plan, Map.of()).rewrite(probe);
    }

    /**
     * Ends the test: now the runtime runs.
     *
     * @throws IllegalStateException when the array is not where it should be
     */
    void end() {
        try {
            join();
            if (failure != null) {
                throw new IllegalStateException("self-test: " + failure, failure);
            }
            check();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("self-test: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("self-test: interrupted", e);
        }
    }

    private void check() throws ReflectiveOperationException {
        Constructor<?> constructor = loader.define(rewritten.classFile()).getDeclaredConstructor();
        constructor.setAccessible(true);
        LongUnaryOperator rewrittenProbe = (LongUnaryOperator) constructor.newInstance();
        long sum = rewrittenProbe.applyAsLong(LENGTH);
        if (sum != SUM) {
            throw new IllegalStateException("self-test: the sum is " + sum + ", not " + SUM);
        }
        long[] placed = Targets.bytes()[number];
        if (placed[0] + placed[1] < LENGTH * (long) Long.BYTES) {
            throw new IllegalStateException("self-test: the array is on the Java heap");
        }
    }

    private static final class ProbeWorld implements World {

        private final byte[] probe;

        ProbeWorld(byte[] probe) {
            this.probe = probe;
        }

        @Override
        public byte[] classFile(String internalName) {
            return internalName.equals(PROBE) ? probe : null;
        }

        @Override
        public Collection<String> mentioning(String memberName, String descriptor) {
            return List.of(PROBE);
        }

        @Override
        public String fixed(String internalName) {
            return internalName.equals(PROBE) ? null : "it is no part of the self-test";
        }
    }
}
