package io.emucxl.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The turns of one kind of work of {@link FidelityProgram}. */
final class Turns {
    private final List<Turn> turns = new ArrayList<>();

    /**
     * One turn.
     *
     * @param took the nanoseconds of an access of one thread
     * @param charged how many of them were charged
     */
    record Turn(double took, double charged) {

        /** The nanoseconds of an access on this machine. */
        double here() {
            return took - charged;
        }
    }

    /**
     * The turns against a target.
     *
     * @param target the median of the targets, in nanoseconds
     * @param ratios of the measured time to the target, turn by turn
     */
    record Comparison(double target, List<Double> ratios) {

        /** The median of the ratios. */
        double ratio() {
            return median(ratios);
        }

        /**
         * The turns in percent.
         *
         * @param rate whether to compare rates, not times
         */
        String each(boolean rate) {
            StringBuilder text = new StringBuilder();
            for (double ratio : ratios) {
                double off = rate ? 1 / ratio - 1 : ratio - 1;
                text.append(String.format(Locale.ROOT, "%+4.0f", 100 * off));
            }
            return text.toString();
        }
    }

    void add(double took, double charged) {
        turns.add(new Turn(took, charged));
    }

    double took() {
        return median(turns.stream().map(Turn::took).toList());
    }

    double here() {
        return median(turns.stream().map(Turn::here).toList());
    }

    /** Bytes a nanosecond of all threads. */
    double bandwidth(int threads) {
        return threads * Long.BYTES / took();
    }

    Comparison against(ToDoubleFunction<Turn> target) {
        List<Double> targets = turns.stream().map(target::applyAsDouble).toList();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            ratios.add(turns.get(i).took() / targets.get(i));
        }
        return new Comparison(median(targets), ratios);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The standard error of the median, of no particular distribution: half the distance of the
     * order statistics between which the true one is with a probability of 68 % (Conover, Practical
     * Nonparametric Statistics). A run that a neighbour disturbed is an outlier, and would rule the
     * deviation.
     */
    static double medianError(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        int low = (int) ((size - Math.sqrt(size)) / 2);
        return (sorted.get(size - 1 - low) - sorted.get(low)) / 2;
    }
}
