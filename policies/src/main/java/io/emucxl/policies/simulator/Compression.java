package io.emucxl.policies.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/** Opens files by the ending of their names. */
final class Compression {
    private Compression() {}

    static InputStream open(InputStream stored, String name) throws IOException {
        if (name.endsWith(".gz")) {
            return new BufferedInputStream(new GZIPInputStream(stored, 1 << 16), 1 << 16);
        }
        if (name.endsWith(".xz")) {
            return xz(stored);
        }
        return new BufferedInputStream(stored, 1 << 16);
    }

    /** Through the command: the JDK cannot read xz, and a library for some traces is too much. */
    private static InputStream xz(InputStream stored) throws IOException {
        Process xz;
        try {
            xz = new ProcessBuilder("xz", "-dc").start();
        } catch (IOException e) {
            throw new IOException(
                    "the trace is compressed by xz, and there is no such command; on Debian:"
                            + " apt-get install xz-utils",
                    e);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Thread feeder =
                new Thread(
                        () -> {
                            try (OutputStream in = xz.getOutputStream()) {
                                stored.transferTo(in);
                            } catch (IOException e) {
                                xz.destroy(); // its output ends, and its status tells
                            }
                        },
                        "xz");
        feeder.setDaemon(true);
        feeder.start();
        xz.getInputStream().transferTo(plain);
        try {
            if (xz.waitFor() != 0) {
                throw new IOException("xz cannot read the trace (status " + xz.exitValue() + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new ByteArrayInputStream(plain.toByteArray());
    }
}
