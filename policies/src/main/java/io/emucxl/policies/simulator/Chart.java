package io.emucxl.policies.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as an SVG picture: for each trace, the local share over the local capacity. */
public final class Chart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 280;
    private static final int LEFT = 50;
    private static final int TOP = 40;
    private static final int LEGEND = 150;
    private static final String[] COLOURS = {
        "#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#e377c2", "#7f7f7f",
        "#bcbd22", "#17becf", "#000000", "#aec7e8", "#98df8a", "#c5b0d5"
    };

    private Chart() {}

    /** A picture with one diagram for each trace, below each other. */
    public static String svg(List<Result> results) {
        Map<String, Map<String, List<Result>>> traces = new LinkedHashMap<>();
        List<String> policies = new ArrayList<>();
        for (Result result : results) {
            traces.computeIfAbsent(result.trace(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(result.policy(), name -> new ArrayList<>())
                    .add(result);
            if (!policies.contains(result.policy())) {
                policies.add(result.policy());
            }
        }
        int pitch = HEIGHT + TOP + 50;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + LEGEND,
                pitch * traces.size());
        add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        int top = TOP;
        for (Map.Entry<String, Map<String, List<Result>>> trace : traces.entrySet()) {
            frame(svg, trace.getKey(), top);
            for (Map.Entry<String, List<Result>> line : trace.getValue().entrySet()) {
                line(svg, line.getKey(), line.getValue(), policies.indexOf(line.getKey()), top);
            }
            top += pitch;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void frame(StringBuilder svg, String trace, int top) {
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s: local share over local"
                        + " capacity</text>",
                LEFT,
                top - 12,
                trace.replace("&", "&amp;").replace("<", "&lt;"));
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0, top);
            double x = x(percent / 100.0);
            add(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT,
                    LEFT + WIDTH,
                    y,
                    y);
            add(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d%%</text>",
                    LEFT - 6,
                    y + 4,
                    percent);
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d%%</text>",
                    x,
                    top + HEIGHT + 18,
                    percent);
        }
    }

    private static void line(
            StringBuilder svg, String policy, List<Result> results, int number, int top) {
        String colour = COLOURS[number % COLOURS.length];
        StringBuilder points = new StringBuilder();
        results.sort((a, b) -> Double.compare(a.local(), b.local()));
        for (Result result : results) {
            double x = x(result.local());
            double y = y(result.share(), top);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            add(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
        }
        add(
                svg,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                points.toString().strip(),
                colour);
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                LEFT + WIDTH + 12,
                top + 12 + 17 * number,
                colour,
                policy);
    }

    private static double x(double local) {
        return LEFT + WIDTH * local;
    }

    private static double y(double share, int top) {
        return top + HEIGHT * (1 - share);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
