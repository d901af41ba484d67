package io.emucxl.applications;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How long the web application takes to start with one set of options and another, the first being
 * none. Rounds of one start of each, every other round backwards: what else the machine does
 * disturbs all alike, and what a start adds is told by the plain start of its round.
 */
final class StartTimes {

    private static final String PLAIN = "plain";

    private final Map<String, List<WebStart>> starts = new LinkedHashMap<>();

    private StartTimes() {}

    /**
     * Starts it so many times plain and with each set of options.
     *
     * @param options by what they are called
     */
    static StartTimes of(Jvm jvm, Path directory, int rounds, Map<String, List<String>> options)
            throws IOException, InterruptedException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(PLAIN, List.of());
        all.putAll(options);
        StartTimes times = new StartTimes();
        List<String> order = new ArrayList<>(all.keySet());
        for (String name : order) {
            times.starts.put(name, new ArrayList<>());
        }
        for (int i = 0; i < rounds; i++) {
            for (String name : order) {
                times.starts.get(name).add(WebStart.of(jvm, directory, all.get(name)));
            }
            Collections.reverse(order);
        }
        return times;
    }

    /** Medians, and the quartiles in brackets: of the plain starts, and of what the others add. */
    @Override
    public String toString() {
        List<WebStart> plain = starts.get(PLAIN);
        StringBuilder text =
                new StringBuilder(
                        "%s %s ms to the first answer, %s ms of processor time; %d rounds"
                                .formatted(
                                        PLAIN,
                                        spread("%.0f", values(plain, WebStart::millis)),
                                        spread("%.0f", values(plain, WebStart::cpuMillis)),
                                        plain.size()));
        starts.forEach(
                (name, with) -> {
                    if (with != plain) {
                        text.append(
                                "%n  %s %s %%, %s %% of processor time"
                                        .formatted(
                                                name,
                                                spread("%+.1f", added(with, WebStart::millis)),
                                                spread("%+.1f", added(with, WebStart::cpuMillis))));
                    }
                });
        return text.toString();
    }

    private static double[] values(List<WebStart> of, ToLongFunction<WebStart> value) {
        return of.stream().mapToLong(value).asDoubleStream().toArray();
    }

    private double[] added(List<WebStart> with, ToLongFunction<WebStart> value) {
        double[] plain = values(starts.get(PLAIN), value);
        double[] percent = values(with, value);
        for (int i = 0; i < percent.length; i++) {
            percent[i] = 100 * (percent[i] / plain[i] - 1);
        }
        return percent;
    }

    private static String spread(String format, double[] values) {
        Arrays.sort(values);
        return (format + " [" + format + ", " + format + "]")
                .formatted(quantile(values, 0.5), quantile(values, 0.25), quantile(values, 0.75));
    }

    /** Between two values of the sample, in proportion. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
