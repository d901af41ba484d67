package io.emucxl.policies.simulator;

import io.emucxl.policies.file.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds a trace by what the user wrote. */
public final class Traces {
    private static final int DEFAULT_KEYS = 100_000;
    private static final int DEFAULT_ACCESSES = 2_000_000;

    /** The traces of Caffeine's artifact, by format. */
    private static final Map<TraceFormat, String> KNOWN =
            Map.of(
                    TraceFormat.LIRS,
                    "loop gli cs multi1 multi2 multi3 ps sprite 2_pools cpp scan zigzag backf",
                    TraceFormat.ADDRESS,
                    "gcc gzip mcf swim twolf",
                    TraceFormat.CACHE2K,
                    "orm-busy orm-night web07 web12",
                    TraceFormat.CLOUD_PHYSICS,
                    "w106",
                    TraceFormat.CORDA,
                    "trace_vaultservice trace_vaultservice_large",
                    TraceFormat.GRADLE,
                    "build-cache",
                    TraceFormat.SCARAB,
                    "scarab-recs");

    private Traces() {}

    /** What may be named, a line a kind. */
    public static List<String> known() {
        List<String> lines = new ArrayList<>();
        for (TraceFormat format : TraceFormat.values()) {
            if (KNOWN.containsKey(format)) {
                lines.add(format.text() + ":NAME  " + KNOWN.get(format));
            }
        }
        StringBuilder workloads = new StringBuilder("ycsb:NAME[:KEYS[:ACCESSES[:SEED]]] ");
        for (Workload workload : Workload.values()) {
            workloads.append(' ').append(workload.name().toLowerCase(Locale.ROOT));
        }
        lines.add(workloads.toString());
        StringBuilder formats = new StringBuilder("[FORMAT:]FILE ");
        for (TraceFormat format : TraceFormat.values()) {
            formats.append(' ').append(format.text());
        }
        lines.add(formats.append("; default emucxl; .gz and .xz are read").toString());
        return lines;
    }

    /**
     * Reads a trace.
     *
     * @param text {@code lirs:loop} and the like, {@code ycsb:zipfian:KEYS:ACCESSES:SEED}, {@code
     *     FORMAT:FILE}, or a file that was recorded from a live run
     * @throws IllegalArgumentException if there is no such trace, saying what there is
     * @throws IOException if it cannot be read
     */
    public static Trace read(String text) throws IOException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String name = text.substring(colon + 1);
        if (kind.equals("ycsb")) {
            return generate(text, name.split(":"));
        }
        for (TraceFormat format : TraceFormat.values()) {
            if (format.text().equals(kind)) {
                return read(text, format, name);
            }
        }
        if (Files.exists(Path.of(text))) {
            return read(text, TraceFormat.EMUCXL, text);
        }
        if (colon < 0) {
            throw new IllegalArgumentException("there is no file " + text);
        }
        List<String> kinds = new ArrayList<>(List.of("ycsb"));
        for (TraceFormat format : TraceFormat.values()) {
            kinds.add(format.text());
        }
        throw new IllegalArgumentException(
                "unknown kind of trace \"" + kind + "\"; " + NearestName.hint(kind, kinds));
    }

    private static Trace read(String text, TraceFormat format, String name) throws IOException {
        List<String> known = List.of(KNOWN.getOrDefault(format, "").split(" "));
        boolean carried = known.contains(name);
        if (!carried && !Files.exists(Path.of(name))) {
            throw new IllegalArgumentException(
                    "there is no file "
                            + name
                            + (known.get(0).isEmpty()
                                    ? ""
                                    : ", and no known trace of this name; "
                                            + NearestName.hint(name, known)));
        }
        Trace.Builder trace = new Trace.Builder();
        try (InputStream in =
                carried
                        ? CaffeineTraces.open(folder(format) + "/" + name)
                        : Compression.open(Files.newInputStream(Path.of(name)), name)) {
            format.read(in, trace);
        }
        Trace read = trace.build(text);
        if (read.accesses() == 0) {
            throw new IOException(text + " has no accesses");
        }
        return read;
    }

    private static String folder(TraceFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static Trace generate(String text, String[] parts) {
        List<String> names = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            String name = workload.name().toLowerCase(Locale.ROOT);
            names.add(name);
            if (name.equals(parts[0])) {
                int keys = parts.length > 1 ? number(parts[1], "keys") : DEFAULT_KEYS;
                int accesses = parts.length > 2 ? number(parts[2], "accesses") : DEFAULT_ACCESSES;
                int seed = parts.length > 3 ? number(parts[3], "seed") : 1;
                return workload.generate(text, keys, accesses, seed);
            }
        }
        throw new IllegalArgumentException(
                "unknown workload \"" + parts[0] + "\"; " + NearestName.hint(parts[0], names));
    }

    private static int number(String text, String what) {
        try {
            int number = Integer.parseInt(text.replace("_", ""));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers that are not positive.
        }
        throw new IllegalArgumentException(
                what + " must be a whole number from 1 to 2147483647, not \"" + text + "\"");
    }
}
