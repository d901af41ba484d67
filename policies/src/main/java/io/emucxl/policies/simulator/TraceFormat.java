package io.emucxl.policies.simulator;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The formats of traces that the simulator reads; the names are those of Caffeine's simulator. */
public enum TraceFormat {
    /** A block number a line; a line with a star or nothing separates programs. */
    LIRS,
    /** Lines of {@code first-block number-of-blocks ...}. */
    ARC,
    /** Lines of {@code l|s 0xADDRESS ...}: loads and stores; a unit is a cache line of 64 bytes. */
    ADDRESS,
    /** Lines of {@code application,block,bytes,r|w,time}: SPC-1, of the UMass storage traces. */
    UMASS_STORAGE,
    /** A key of any text a line. */
    GRADLE,
    /** Binary keys of 4 bytes. */
    CACHE2K,
    /** Binary block numbers of 4 bytes. */
    CLOUD_PHYSICS,
    /** Binary keys of 8 bytes. */
    CORDA,
    /** Binary keys of 8 bytes. */
    SCARAB,
    /**
     * Lines of {@code unit [count]}, recorded from a live run. An empty line ends a period, and a
     * line that begins with {@code #} is a comment.
     */
    EMUCXL;

    /** The name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads all accesses.
     *
     * @throws IOException if the stream cannot be read, or is not of this format
     */
    void read(InputStream in, Trace.Builder trace) throws IOException {
        switch (this) {
            case CACHE2K, CLOUD_PHYSICS -> binary(in, Integer.BYTES, trace);
            case CORDA, SCARAB -> binary(in, Long.BYTES, trace);
            case EMUCXL -> recorded(in, trace);
            default -> lines(in, trace);
        }
    }

    private static void binary(InputStream in, int width, Trace.Builder trace) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            while (true) {
                trace.add(width == Long.BYTES ? data.readLong() : data.readInt());
            }
        } catch (EOFException end) {
            return;
        }
    }

    private void lines(InputStream in, Trace.Builder trace) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                line(line.strip(), trace);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException(
                        "line " + number + " is not of format " + text() + ": " + line);
            }
        }
    }

    private void recorded(InputStream in, Trace.Builder trace) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        RecordedPeriod period = new RecordedPeriod();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isEmpty()) {
                period.flush(trace);
                trace.endPeriod();
            } else if (line.charAt(0) != '#') {
                try {
                    String[] parts = line.strip().split("\\s+", 3);
                    long count = parts.length > 1 ? Long.parseLong(parts[1]) : 1;
                    if (parts.length > 2 || count < 1) {
                        throw new NumberFormatException(line);
                    }
                    period.add(Long.parseLong(parts[0]), count);
                } catch (NumberFormatException e) {
                    throw new IOException(
                            "line "
                                    + number
                                    + " is not of format emucxl: "
                                    + line
                                    + "; write a unit, or a unit and a count",
                            e);
                }
            }
        }
        period.flush(trace);
    }

    private void line(String line, Trace.Builder trace) {
        switch (this) {
            case LIRS -> {
                if (!line.isEmpty() && !line.equals("*")) {
                    trace.add(Long.parseLong(line));
                }
            }
            case ARC -> {
                String[] parts = line.split("\\s+", 3);
                long first = Long.parseLong(parts[0]);
                long blocks = Long.parseLong(parts[1]);
                for (long block = first; block < first + blocks; block++) {
                    trace.add(block);
                }
            }
            case ADDRESS -> {
                String[] parts = line.split("\\s+", 3);
                if (!parts[1].startsWith("0x")) {
                    throw new IllegalArgumentException(line);
                }
                trace.add(Long.parseUnsignedLong(parts[1].substring(2), 16) >>> 6);
            }
            case UMASS_STORAGE -> {
                String[] parts = line.split(",", 5);
                long blocks = Math.max(1, (Long.parseLong(parts[2].strip()) + 511) / 512);
                long first = Long.parseLong(parts[1].strip());
                for (long block = first; block < first + blocks; block++) {
                    trace.add((block << 8) | (Long.parseLong(parts[0].strip()) & 0xFF));
                }
            }
            case GRADLE -> {
                if (!line.isEmpty()) {
                    trace.add(hash(line));
                }
            }
            default -> throw new AssertionError(this);
        }
    }

    /** FNV-1a of 64 bits: a collision among millions of keys is unlikely. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
