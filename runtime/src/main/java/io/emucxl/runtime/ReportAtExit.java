package io.emucxl.runtime;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Writes the report when the program ends. */
final class ReportAtExit extends Thread {
    private final Tiering tiering;
    private final String file;

    ReportAtExit(Tiering tiering, String file) {
        super("emucxl-report");
        this.tiering = tiering;
        this.file = file;
    }

    @Override
    public void run() {
        try {
            tiering.report(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            tiering.warnings().say("the report " + file + " could not be written: " + e);
        }
    }
}
