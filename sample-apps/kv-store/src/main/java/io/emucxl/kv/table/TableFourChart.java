package io.emucxl.kv.table;

import io.emucxl.kv.rule.Rules;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Draws the mean local shares, one picture for both orders of gets. */
final class TableFourChart {
    private TableFourChart() {}

    /**
     * Writes a PNG.
     *
     * @param cells what was measured
     * @param file to write; ".png" is appended when it is missing
     */
    static void write(List<TableFour.Cell> cells, Path file) throws IOException {
        List<XYChart> charts =
                Stream.of(Workload.Order.values()).map(order -> draw(cells, order)).toList();
        BitmapEncoder.saveBitmap(charts, 1, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static XYChart draw(List<TableFour.Cell> cells, Workload.Order order) {
        XYChart chart =
                new XYChartBuilder()
                        .width(560)
                        .height(400)
                        .title("Table IV, gets " + order)
                        .xAxisTitle("x: % of keys that take 90 % of gets")
                        .yAxisTitle("% of gets served locally")
                        .build();
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        List<Integer> xs = TableFour.COLUMNS.stream().filter(x -> x != Workload.RANDOM).toList();
        for (String rule : Rules.names()) {
            chart.addSeries(
                    rule,
                    xs,
                    xs.stream().map(x -> TableFour.meanShare(cells, rule, order, x)).toList());
        }
        if (order == Workload.Order.SHUFFLED) {
            chart.addSeries(
                    "best static",
                    xs,
                    xs.stream().map(x -> 100 * Workload.bestStatic(x) / Workload.GETS).toList());
        }
        return chart;
    }
}
