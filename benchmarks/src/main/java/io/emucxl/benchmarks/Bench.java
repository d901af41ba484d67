package io.emucxl.benchmarks;

import io.emucxl.policies.Policies;
import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFileException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./emucxl bench}: the benchmarks, and their command lines. */
@Command(
        name = "emucxl bench",
        description =
                "Measure what tiered access costs, as a ratio to the heap; or what a command names.")
public final class Bench implements Callable<Integer> {

    /** The JDKs to measure. */
    private static final class Jdks {
        @Parameters(
                paramLabel = "JAVA_HOME",
                arity = "0..*",
                description = "the JDKs to measure; default: the one that runs this")
        private List<String> named = new ArrayList<>();

        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;

        List<String> homes() {
            for (String home : named) {
                if (!new File(home, "bin/java").canExecute()) {
                    throw new ParameterException(
                            command.commandLine(), "there is no JDK at " + home);
                }
            }
            return named.isEmpty() ? List.of(System.getProperty("java.home")) : named;
        }
    }

    private static final class Positive implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9][0-9]{0,7}")) {
                throw new TypeConversionException(value + " is not from 1 to 99999999");
            }
            return Integer.valueOf(value);
        }
    }

    private static final class Duty implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9]|[1-4][0-9]|50")) {
                throw new TypeConversionException(value + " is not from 1 to 50");
            }
            return Integer.valueOf(value);
        }
    }

    private static final class Profile implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                if (!value.equals(DeviceProfiles.NONE)) {
                    DeviceProfiles.read(value);
                }
                return value;
            } catch (PolicyFileException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class PolicyName implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!Policies.names().contains(value)) {
                throw new TypeConversionException(
                        "no policy " + value + "; there are " + Policies.names());
            }
            return value;
        }
    }

    private static final class Structure implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!LivePolicies.STRUCTURES.contains(value)) {
                throw new TypeConversionException(value + " is none of " + LivePolicies.STRUCTURES);
            }
            return value;
        }
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(names = "--quick", description = "one JVM a benchmark, in place of three")
    private boolean quick;

    @Mixin private Jdks jdks;

    private Bench() {}

    /**
     * Runs a benchmark and ends the process: status 0 done, 1 failed, 2 wrong usage.
     *
     * @param arguments the benchmark and its options
     */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    System.err.println("emucxl bench: " + failure);
                    return 1;
                });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        Ratios.compare(jdks.homes(), quick);
        return 0;
    }

    @Command(description = "How close the modelled devices come to their profiles")
    int fidelity(
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "3",
                            converter = Positive.class,
                            description = "of each work in a turn; default: ${DEFAULT-VALUE}")
                    int seconds,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            converter = Positive.class,
                            description = "turns of each profile; default: ${DEFAULT-VALUE}")
                    int rounds,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            converter = Positive.class,
                            description = "that the work is done in; default: 1, and 2")
                    List<Integer> threads,
            @Option(
                            names = "--profile",
                            paramLabel = "PROFILE",
                            converter = Profile.class,
                            description = "default: all that come with emucxl")
                    List<String> profiles,
            @Mixin Jdks homes)
            throws IOException, InterruptedException, PolicyFileException {
        Fidelity.compare(
                homes.homes(),
                profiles == null ? Fidelity.allProfiles() : profiles,
                threads == null ? List.of(1, 2) : threads,
                seconds,
                rounds);
        return 0;
    }

    @Command(description = "What a program loses under each policy on a modelled device")
    int policies(
            @Option(
                            names = "--profile",
                            paramLabel = "PROFILE",
                            defaultValue = "cxl-2.0-x8",
                            converter = Profile.class,
                            description = "of the remote tier; default: ${DEFAULT-VALUE}")
                    String profile,
            @Option(
                            names = "--mebibytes",
                            paramLabel = "N",
                            defaultValue = "1024",
                            converter = Positive.class,
                            description = "of data; default: ${DEFAULT-VALUE}")
                    int mebibytes,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "6",
                            converter = Positive.class,
                            description =
                                    "that each policy runs in a round, after as many to find the"
                                            + " hot part; default: ${DEFAULT-VALUE}")
                    int seconds,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            converter = Positive.class,
                            description = "JVMs of each policy; default: ${DEFAULT-VALUE}")
                    int rounds,
            @Option(
                            names = "--structure",
                            paramLabel = "STRUCTURE",
                            converter = Structure.class,
                            description =
                                    "array, fastutil, hppc, fastutil-tables or hppc-tables; default:"
                                            + " each of them")
                    List<String> structures,
            @Option(
                            names = "--policy",
                            paramLabel = "POLICY",
                            converter = PolicyName.class,
                            description = "default: hotset, tpp, memtis, lru and static")
                    List<String> policies)
            throws IOException {
        LivePolicies.compare(
                structures == null ? LivePolicies.STRUCTURES : structures,
                policies == null ? LivePolicies.POLICIES : policies,
                profile,
                mebibytes,
                seconds,
                rounds);
        return 0;
    }

    @Command(description = "What sampling costs, as a ratio to none")
    int overhead(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            converter = Positive.class,
                            description = "JVMs of each work; default: ${DEFAULT-VALUE}")
                    int rounds,
            @Option(
                            names = "--duty",
                            paramLabel = "PERCENT",
                            defaultValue = "" + SampledAccess.DEFAULT_DUTY,
                            converter = Duty.class,
                            description =
                                    "of the time windows are open, 1 to 50; more than the default"
                                            + " of ${DEFAULT-VALUE} shows what noise hides")
                    int duty,
            @Mixin Jdks homes)
            throws RunnerException, IOException {
        Overhead.compare(homes.homes(), rounds, duty);
        return 0;
    }

    @Command(description = "What the agent costs code that touches no target, as a ratio to none")
    int untouched(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "8",
                            converter = Positive.class,
                            description =
                                    "JVMs with the agent, and without; default: ${DEFAULT-VALUE}")
                    int rounds,
            @Mixin Jdks homes)
            throws RunnerException {
        Untouched.compare(homes.homes(), rounds);
        return 0;
    }

    @Command(description = "How well sampled heat ranks regions")
    int heat(
            @Parameters(
                            paramLabel = "SECONDS",
                            index = "0",
                            arity = "0..1",
                            defaultValue = "2",
                            converter = Positive.class,
                            description = "the program runs; default: ${DEFAULT-VALUE}")
                    int seconds,
            @Parameters(
                            paramLabel = "THREADS",
                            index = "1",
                            arity = "0..1",
                            defaultValue = "2",
                            converter = Positive.class,
                            description = "of the program; default: ${DEFAULT-VALUE}")
                    int threads)
            throws IOException, InterruptedException {
        HeatAccuracy.measure(seconds, threads);
        return 0;
    }

    @Command(description = "How soon a policy finds a hot set that moves")
    int moving(
            @Parameters(
                            paramLabel = "SECONDS",
                            index = "0",
                            arity = "0..1",
                            defaultValue = "10",
                            converter = Positive.class,
                            description = "between two moves; default: ${DEFAULT-VALUE}")
                    int seconds,
            @Parameters(
                            paramLabel = "POLICY",
                            index = "1..*",
                            converter = PolicyName.class,
                            description = "default: hotset")
                    List<String> policies)
            throws IOException, InterruptedException {
        MovingHotSet.compare(seconds, policies == null ? List.of("hotset") : policies);
        return 0;
    }

    @Command(description = "How long a policy takes to decide over many regions")
    int plan(
            @Parameters(
                            paramLabel = "POLICY",
                            index = "0",
                            arity = "0..1",
                            defaultValue = "hotset",
                            converter = PolicyName.class,
                            description = "whose decisions are timed; default: ${DEFAULT-VALUE}")
                    String policy,
            @Parameters(
                            paramLabel = "REGIONS",
                            index = "1",
                            arity = "0..1",
                            defaultValue = "1000000",
                            converter = Positive.class,
                            description = "that it decides over; default: ${DEFAULT-VALUE}")
                    int regions) {
        PlanTime.measure(policy, regions);
        return 0;
    }
}
