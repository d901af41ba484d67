package io.emucxl.policies.simulator;

import java.util.List;
import java.util.Locale;

/** Results as text: a table for people, JSON for programs. */
public final class Table {
    private static final int BAR = 25;

    private Table() {}

    /** A table with a line for each result, as they came. */
    public static String text(List<Result> results, Costs costs) {
        int trace = "trace".length();
        for (Result result : results) {
            trace = Math.max(trace, result.trace().length());
        }
        StringBuilder text = new StringBuilder();
        String head = "%-" + trace + "s  %6s  %-17s  %7s  %-" + BAR + "s  %10s  %9s  %8s%n";
        text.append(
                String.format(
                        Locale.ROOT,
                        head,
                        "trace",
                        "room",
                        "policy",
                        "local",
                        "",
                        "moves",
                        "moved",
                        "ns/acc *"));
        for (Result result : results) {
            boolean moves = result.moves() >= 0;
            text.append(
                    String.format(
                            Locale.ROOT,
                            head,
                            result.trace(),
                            String.format(Locale.ROOT, "%.4g%%", 100 * result.local()),
                            result.policy(),
                            String.format(Locale.ROOT, "%.2f%%", 100 * result.share()),
                            bar(result.share()),
                            moves ? Long.toString(result.moves()) : "-",
                            moves ? size(costs.bytesMoved(result)) : "-",
                            moves
                                    ? String.format(
                                            Locale.ROOT,
                                            "%.1f",
                                            costs.nanos(result) / result.accesses())
                                    : "-"));
        }
        return text.append("* modelled, not measured\n").toString();
    }

    /** An array of objects with the fields of {@link Result}. */
    public static String json(List<Result> results) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            text.append(i == 0 ? "\n" : ",\n")
                    .append("  {\"trace\": \"")
                    .append(escaped(result.trace()))
                    .append("\", \"policy\": \"")
                    .append(escaped(result.policy()))
                    .append("\", \"local\": ")
                    .append(result.local())
                    .append(", \"accesses\": ")
                    .append(result.accesses())
                    .append(", \"localHits\": ")
                    .append(result.localHits())
                    .append(", \"moves\": ")
                    .append(result.moves() < 0 ? "null" : Long.toString(result.moves()))
                    .append('}');
        }
        return text.append("\n]\n").toString();
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "#".repeat(full) + ".".repeat(BAR - full);
    }

    private static String size(long bytes) {
        double size = bytes;
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
