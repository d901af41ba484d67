package io.emucxl.runtime;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the sampled accesses of every period to a file that the simulator reads: after a line
 * {@code # emucxl trace 1}, a line {@code region count} for each region that was accessed, and an
 * empty line at the end of each period. A name that ends with {@code .gz} is compressed.
 *
 * <p>A file that cannot be written is said once, and the program goes on. Thread-safe.
 */
final class TraceWriter extends Thread {
    private static final int BUFFER = 1 << 16;

    private final String file;
    private final Warnings warnings;
    private final byte[] digits = new byte[20];
    private OutputStream out;

    /** Opens the file. */
    TraceWriter(String file, Warnings warnings) {
        super(null, null, "emucxl-trace", 0, false);
        this.file = file;
        this.warnings = warnings;
        try {
            OutputStream plain = new FileOutputStream(file);
            out =
                    new BufferedOutputStream(
                            file.endsWith(".gz") ? new GZIPOutputStream(plain, BUFFER) : plain,
                            BUFFER);
            out.write("# emucxl trace 1\n".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Writes the accesses of a period; one without accesses leaves no trace. */
    synchronized void period(Touched touched) {
        if (out == null || touched.size() == 0) {
            return;
        }
        try {
            for (int k = 0; k < touched.size(); k++) {
                number(touched.region(k));
                out.write(' ');
                number(touched.reads(k) + touched.writes(k));
                out.write('\n');
            }
            out.write('\n');
        } catch (IOException e) {
            fail(e);
        }
    }

    private void number(long value) throws IOException {
        int from = digits.length;
        long left = value;
        do {
            digits[--from] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        out.write(digits, from, digits.length - from);
    }

    private void fail(IOException e) {
        out = null;
        warnings.once("trace", file + " could not be written: " + e.getMessage());
    }

    /** The end of the program, as a shutdown hook: completes the file. */
    @Override
    public synchronized void run() {
        if (out != null) {
            try {
                out.close();
                out = null;
            } catch (IOException e) {
                fail(e);
            }
        }
    }
}
