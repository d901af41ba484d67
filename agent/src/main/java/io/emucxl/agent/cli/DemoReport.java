package io.emucxl.agent.cli;

import io.emucxl.runtime.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo shows when both runs are over. */
final class DemoReport {

    /** The part of all samples that counts as the start, and as the end, of a run. */
    private static final double EDGE = 0.05;

    private final Screen screen;

    DemoReport(Screen screen) {
        this.screen = screen;
    }

    void sideBySide(DemoRun plain, DemoRun tiered, boolean identical) {
        screen.headline("What call-rank prints");
        for (String line : tiered.output()) {
            screen.line("  " + line);
        }
        screen.headline("Side by side");
        row("", "on the heap", "under the agent");
        row("output", "", identical ? "identical" : "DIFFERENT");
        row("time", seconds(plain), seconds(tiered));
        row("heap after a full GC", heap(plain.gc()), heap(tiered.gc()));
        row("pause of that GC", millis(plain.gc().fullMillis()), millis(tiered.gc().fullMillis()));
        row(
                "longest other GC pause",
                millis(plain.gc().longestMillis()),
                millis(tiered.gc().longestMillis()));
        screen.line(
                "  (the full GC is asked for while call-rank ranks, when all its data is there)");
        if (!identical) {
            screen.line(screen.styled(Screen.Style.BAD, "  The outputs differ."));
        }
    }

    void tiers(Report report) {
        String backend = report.settings().getOrDefault("backend", "?");
        screen.headline("Two tiers, backend " + backend);
        String profile = report.settings().getOrDefault("remoteProfile", "none");
        boolean modelled = !profile.equals("none");
        if (backend.equals("emulated")) {
            screen.line(
                    "  One memory node: the tiers are two budgets on it"
                            + (modelled ? "." : ", and equally fast here."));
        }
        if (modelled) {
            screen.line("  What remote accesses cost is modelled: " + profile);
        }
        row("live bytes by field", "local", "remote");
        long[] sums = new long[2];
        for (Map.Entry<String, List<Long>> target : report.targets().entrySet()) {
            long local = target.getValue().get(0);
            long remote = target.getValue().get(1);
            String name = target.getKey();
            // What the agent's self-test left is not the program's.
            if (local + remote > 0 && name.indexOf(' ') < 0) {
                String field = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
                row(field, size(local), size(remote));
                sums[0] += local;
                sums[1] += remote;
            }
        }
        row("all", size(sums[0]), size(sums[1]));
        counters(report, sums);
        screen.headline("The regions, one character each");
        RegionPicture.legend(screen);
        picture(report.first(), "at the start");
        picture(report.last(), "at the end");
    }

    private void picture(Report.Snapshot snapshot, String when) {
        if (snapshot != null) {
            screen.line(
                    String.format(Locale.ROOT, "  %s (%.1f s):", when, snapshot.millis() / 1e3));
            RegionPicture.draw(screen, snapshot);
        }
    }

    private void counters(Report report, long[] bytes) {
        screen.headline("Heat");
        List<Report.Period> periods = report.periods();
        if (periods.isEmpty()) {
            screen.line("  no access was sampled");
            return;
        }
        Report.Period last = periods.get(periods.size() - 1);
        screen.line(
                "  promotions "
                        + last.promotions()
                        + ", demotions "
                        + last.demotions()
                        + " (regions)");
        screen.line(
                String.format(
                        Locale.ROOT,
                        "  share of sampled accesses that hit local memory: %.0f %% at the start,"
                                + " %.0f %% at the end",
                        100 * startShare(periods),
                        100 * endShare(periods)));
        screen.line(
                String.format(
                        Locale.ROOT,
                        "  share of the bytes in local memory at the end: %.0f %%",
                        100.0 * bytes[0] / Math.max(1, bytes[0] + bytes[1])));
    }

    /** The local share of the first {@link #EDGE} of all samples. */
    static double startShare(List<Report.Period> periods) {
        long all = samples(periods.get(periods.size() - 1));
        for (Report.Period period : periods) {
            if (samples(period) > 0 && samples(period) >= EDGE * all) {
                return 1.0 * period.localSamples() / samples(period);
            }
        }
        return 0;
    }

    /** The local share of the last {@link #EDGE} of all samples. */
    static double endShare(List<Report.Period> periods) {
        Report.Period last = periods.get(periods.size() - 1);
        long all = samples(last);
        for (int i = periods.size() - 1; i >= 0; i--) {
            Report.Period before = periods.get(i);
            long between = all - samples(before);
            if (between > 0 && between >= EDGE * all) {
                return 1.0 * (last.localSamples() - before.localSamples()) / between;
            }
        }
        return all == 0 ? 0 : 1.0 * last.localSamples() / all;
    }

    private static long samples(Report.Period period) {
        return period.localSamples() + period.remoteSamples();
    }

    private void row(String title, String left, String right) {
        screen.line(String.format(Locale.ROOT, "  %-32s %14s %16s", title, left, right));
    }

    private static String seconds(DemoRun run) {
        return String.format(Locale.ROOT, "%.1f s", run.seconds());
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static String heap(GcLog gc) {
        return gc.heapAfterFull() < 0 ? "?" : size(gc.heapAfterFull());
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
