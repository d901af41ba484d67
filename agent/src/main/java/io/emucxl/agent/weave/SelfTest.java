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
 * <p>The class is rewritten on a thread of its own, which loads the rewriter and ASM while the
 * runtime starts.
 */
final class SelfTest extends Thread implements World {

    private static final String PROBE = "io/emucxl/agent/weave/Probe";
    private static final int LENGTH = 1024;

    /** The sum of the squares below {@link #LENGTH}. */
    private static final long SUM = (LENGTH - 1L) * LENGTH * (2 * LENGTH - 1L) / 6;

    private final AgentLoader loader = (AgentLoader) SelfTest.class.getClassLoader();
    private final int number = Targets.register("emucxl self-test", 0, Targets.DEFAULT_TIER);
    private byte[] probe;
    private Rewritten rewritten;
    private Throwable failure;

    private SelfTest() {
        super("emucxl-self-test");
        setDaemon(true);
    }

    /** Begins a test; the runtime need not run yet. */
    static SelfTest begin() {
        SelfTest test = new SelfTest();
        test.start();
        return test;
    }

    @Override
    public void run() {
        try (InputStream in = loader.getResourceAsStream(PROBE + ".class")) {
            probe = in.readAllBytes();
            FieldId field = new FieldId(PROBE, "values", "[J");
            // With a stored plan the planner is not needed, and shall not be loaded for this.
            Plan plan =
                    new Plan(Map.of(field, number), Map.of(), Set.of(), List.of(), Set.of(PROBE));
            rewritten = new Rewriter(this, plan, Map.of()).rewrite(probe);
        } catch (IOException | RewriteException | RuntimeException | LinkageError e) {
            failure = e;
        }
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
