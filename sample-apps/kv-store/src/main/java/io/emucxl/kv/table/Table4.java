package io.emucxl.kv.table;

import io.emucxl.kv.rule.Rules;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code emucxl table 4}, in the jar {@code table}: prints Table IV of the paper beside
 * what each rule gives.
 */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description =
                "Table IV of the paper: the share of gets that find their object in local memory,"
                        + " for each placement rule.",
        sortOptions = false)
public final class Table4 implements Callable<Integer> {
    private static final Map<String, double[]> PAPER =
            Map.of(
                    "policy1",
                    new double[] {
                        81.37, 50.95, 28.59, 18.03, 14.87, 12.67, 12.68, 22.22, 30.43, 29.79
                    },
                    "policy2",
                    new double[] {3.29, 3.77, 4.28, 4.94, 5.94, 7.57, 10.00, 21.17, 29.95, 30.01});

    @Option(names = "--json", description = "Print every measurement as JSON, and nothing else.")
    private boolean json;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Measure with seeds 1 to N (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Draw the means as a PNG as well.")
    private Path chart;

    @Spec private CommandSpec spec;

    private final PrintStream out;

    /** The command as the user calls it. */
    public Table4() {
        this(System.out);
    }

    Table4(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seeds must be at least 1");
        }
        List<TableFour.Cell> cells = TableFour.measure(seeds);
        if (json) {
            printJson(cells);
        } else {
            print(cells);
        }
        if (chart != null) {
            try {
                TableFourChart.write(cells, chart);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return 0;
    }

    private void printJson(List<TableFour.Cell> cells) {
        String separator = "[";
        for (TableFour.Cell cell : cells) {
            out.printf(
                    Locale.ROOT,
                    "%s%n{\"rule\": \"%s\", \"workload\": \"%s\", \"x\": %s, \"seed\": %d, \"local\":"
                            + " %d, \"gets\": %d}",
                    separator,
                    cell.rule(),
                    cell.order(),
                    cell.x() == Workload.RANDOM ? "\"random\"" : Integer.toString(cell.x()),
                    cell.seed(),
                    cell.local(),
                    cell.gets());
            separator = ",";
        }
        out.printf("%n]%n");
    }

    private void print(List<TableFour.Cell> cells) {
        out.println(
                "Table IV: percentage of 50,000 gets that find their object local; of 1000 objects,"
                        + " 300 are local.");
        out.println(
                "Of the gets, 90 percent go to the first x percent of the keys. \"paper\": as"
                        + " printed there, where the third decimal is dropped.");
        out.println();
        out.println("Phased, seed 1: the gets of the published program, draw for draw");
        heading();
        for (String rule : Rules.names()) {
            if (PAPER.containsKey(rule)) {
                row(rule + ", paper", PAPER.get(rule));
            }
            row(rule, ofSeedOne(cells, rule));
        }
        for (Workload.Order order : Workload.Order.values()) {
            out.println();
            out.printf(
                    "%s, mean of %d seeds: %s%n",
                    order == Workload.Order.PHASED ? "Phased" : "Shuffled",
                    seeds,
                    order == Workload.Order.PHASED
                            ? "all gets of the hot keys come first"
                            : "the same gets, mixed, as the paper's text describes them");
            heading();
            for (String rule : Rules.names()) {
                row(rule, column -> TableFour.meanShare(cells, rule, order, column));
            }
            if (order == Workload.Order.SHUFFLED) {
                row("best static (knows x)", Table4::bestStatic);
            }
            out.println("objects moved between the tiers, in thousands");
            for (String rule : Rules.names()) {
                row(rule, column -> TableFour.meanMoves(cells, rule, order, column) / 1000);
            }
        }
    }

    private static double[] ofSeedOne(List<TableFour.Cell> cells, String rule) {
        return cells.stream()
                .filter(c -> c.rule().equals(rule) && c.seed() == 1)
                .filter(c -> c.order() == Workload.Order.PHASED)
                .mapToDouble(c -> 100.0 * c.local() / c.gets())
                .toArray();
    }

    private static double bestStatic(int x) {
        return 100 * Workload.bestStatic(x) / Workload.GETS;
    }

    private void heading() {
        out.printf("%-22s", "x %");
        for (int x : TableFour.COLUMNS) {
            out.printf("%7s", x == Workload.RANDOM ? "random" : Integer.toString(x));
        }
        out.println();
    }

    private void row(String name, java.util.function.IntToDoubleFunction column) {
        row(name, TableFour.COLUMNS.stream().mapToDouble(column::applyAsDouble).toArray());
    }

    private void row(String name, double[] values) {
        out.printf("%-22s", name);
        for (double value : values) {
            out.printf(Locale.ROOT, "%7.2f", value);
        }
        out.println();
    }
}
