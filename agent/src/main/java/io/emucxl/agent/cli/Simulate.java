package io.emucxl.agent.cli;

import io.emucxl.policies.Policies;
import io.emucxl.policies.simulator.Chart;
import io.emucxl.policies.simulator.Costs;
import io.emucxl.policies.simulator.Result;
import io.emucxl.policies.simulator.Simulation;
import io.emucxl.policies.simulator.Table;
import io.emucxl.policies.simulator.Trace;
import io.emucxl.policies.simulator.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code emucxl simulate}: plays traces under placement policies. */
@Command(
        name = "simulate",
        description = "Play traces under placement policies and compare their local share.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The local share is the part of the accesses that found their unit local;"
                    + " a first access is remote, and units are alike in size.",
            "References: opt (Belady with bypass) and best-static know the whole trace;"
                    + " lfu, arc, lirs and w-tinylfu are caches.",
            "ns/acc is modelled, not measured. --traces lists what --trace can name."
        })
final class Simulate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--trace",
            split = ",",
            paramLabel = "TRACE",
            description = "lirs:loop, ycsb:zipfian, FORMAT:FILE, or a recorded file; see --traces")
    private List<String> traces = new ArrayList<>();

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "POLICY",
            description = "policies and references; default: all")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--local",
            split = ",",
            paramLabel = "PERCENT",
            description = "local capacity in %% of the trace's units; default: 10%%,30%%,50%%")
    private List<String> locals = new ArrayList<>(List.of("10%", "30%", "50%"));

    @Option(names = "--json", description = "print an array of results")
    private boolean json;

    @Option(names = "--chart", paramLabel = "FILE.svg", description = "draw the local share")
    private Path chart;

    @Option(
            names = "--timing",
            description = "print how long the decisions took, on standard error")
    private boolean timing;

    @Option(names = "--traces", description = "list the traces that can be named")
    private boolean list;

    @Option(
            names = "--period",
            paramLabel = "ACCESSES",
            description =
                    "accesses between decisions; default: the periods of a recorded trace,"
                            + " otherwise 1")
    private int period;

    @Option(
            names = "--move-cost",
            paramLabel = "ACCESSES",
            description = "accesses that must become local for a move to pay; default: 0")
    private double moveCost;

    @Option(
            names = "--local-ns",
            paramLabel = "NS",
            description = "modelled local latency; default: ${DEFAULT-VALUE} (Cascade Lake)")
    private double localNanos = 80.8;

    @Option(
            names = "--remote-ns",
            paramLabel = "NS",
            description = "modelled remote latency; default: ${DEFAULT-VALUE} (CXL 2.0 x8)")
    private double remoteNanos = 250;

    @Option(
            names = "--unit-bytes",
            paramLabel = "BYTES",
            description = "modelled size of a unit; default: ${DEFAULT-VALUE}")
    private long unitBytes = 4096;

    @Option(
            names = "--move-gbps",
            paramLabel = "GB/S",
            description = "modelled bandwidth of moves in GB/s; default: ${DEFAULT-VALUE}")
    private double moveBandwidth = 17.8;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Traces.known().forEach(out::println);
            return 0;
        }
        if (traces.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--trace is missing; see --traces");
        }
        List<Result> results;
        try {
            results = results();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            spec.commandLine().getErr().println("emucxl simulate: " + e.getMessage());
            return 1;
        }
        Costs costs = new Costs(localNanos, remoteNanos, unitBytes, moveBandwidth);
        out.print(json ? Table.json(results) : Table.text(results, costs));
        out.flush();
        if (chart != null) {
            Files.writeString(chart, Chart.svg(results), StandardCharsets.UTF_8);
        }
        return 0;
    }

    private List<Result> results() throws IOException {
        if (policies.isEmpty()) {
            policies = Simulation.names();
        }
        for (String policy : policies) {
            Simulation.check(policy);
        }
        double[] parts = locals.stream().mapToDouble(Simulate::part).toArray();
        Simulation simulation = new Simulation(period, moveCost);
        List<Result> results = new ArrayList<>();
        for (String name : traces) {
            Trace trace = Traces.read(name);
            ProgressBar progress =
                    new ProgressBar(
                            System.err,
                            "1".equals(System.getenv("EMUCXL_COLOUR")), // a terminal, says the
                            // launcher
                            (long) trace.accesses() * parts.length * policies.size());
            for (double part : parts) {
                for (String policy : policies) {
                    String what = name + " " + policy;
                    results.add(
                            simulation.play(
                                    trace, policy, part, done -> progress.advance(done, what)));
                    if (timing && Policies.names().contains(policy)) {
                        progress.clear();
                        System.err.println(
                                what + " " + 100 * part + "%: " + simulation.decisionTimes());
                    }
                }
            }
            progress.clear();
        }
        return results;
    }

    private static double part(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        try {
            double percent = Double.parseDouble(number);
            if (percent > 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw new IllegalArgumentException(
                "--local takes percentages above 0% and up to 100%, not \"" + text + "\"");
    }
}
