package io.emucxl.policies.simulator;

import io.emucxl.policies.Policies;
import io.emucxl.runtime.PlacementPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Traces, each played under some policies or references with some local capacities. Not
 * thread-safe.
 */
public final class Simulation {
    private final int period;
    private final double moveCost;
    private DecisionTimes times = new DecisionTimes();

    /**
     * @param period the accesses after which a policy decides; 0 for the periods in which a trace
     *     was recorded, or every access when it tells of none
     * @param moveCost the accesses that must become local for a move to pay; 0 when moves are free
     */
    public Simulation(int period, double moveCost) {
        if (period < 0 || !(moveCost >= 0)) {
            throw new IllegalArgumentException(
                    "a period has no less than 0 accesses, and a move costs 0 or more");
        }
        this.period = period;
        this.moveCost = moveCost;
    }

    /** The names of all policies and references. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(Policies.names());
        for (String name : Reference.names()) {
            names.add(name);
        }
        return names;
    }

    /**
     * Fails when a name is neither that of a policy nor that of a reference.
     *
     * @throws IllegalArgumentException with the nearest name
     */
    public static void check(String policy) {
        if (!names().contains(policy)) {
            throw Reference.unknown(policy, Policies.names());
        }
    }

    /**
     * Plays a trace once.
     *
     * @param policy the name of a policy or of a reference
     * @param local the local capacity as a part of the trace's units, from 0 to 1
     * @param progress is told the accesses done since it was told last
     * @throws IllegalArgumentException if the name is unknown
     */
    public Result play(Trace trace, String policy, double local, LongConsumer progress) {
        int capacity = (int) (trace.units() * local + 1e-9);
        Reference reference = Reference.of(policy);
        if (reference != null) {
            long hits = reference.play(trace, capacity);
            progress.accept(trace.accesses());
            return new Result(trace.name(), policy, local, trace.accesses(), hits, -1);
        }
        check(policy);
        return play(trace, Policies.create(policy, Map.of()), local, progress);
    }

    /** Plays a trace once under a policy that is used for nothing else. */
    public Result play(Trace trace, PlacementPolicy policy, double local, LongConsumer progress) {
        int capacity = (int) (trace.units() * local + 1e-9);
        Playback playback = new Playback(trace, capacity, period, moveCost);
        long hits = playback.play(policy, progress);
        times = playback.times();
        return new Result(
                trace.name(), policy.name(), local, trace.accesses(), hits, playback.moves());
    }

    /**
     * How long the decisions of the policy that was played last took, measured on this machine:
     * number, median, 90th percentile, maximum.
     */
    public String decisionTimes() {
        return times.toString();
    }
}
