package io.emucxl.agent.cli;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Refusal;
import java.util.List;
import java.util.Map;

/** What can be placed, for people. */
final class CoverageTable {

    private final Screen screen;
    private final boolean all;

    /**
     * A table.
     *
     * @param all whether every field was asked about; then those that can be placed are only
     *     counted
     */
    CoverageTable(Screen screen, boolean all) {
        this.screen = screen;
        this.all = all;
    }

    void print(List<Coverage> jars) {
        int fields = 0;
        int placed = 0;
        for (Coverage jar : jars) {
            // The libraries of a jar of Spring Boot are many, and most have nothing to say.
            if (jar.fields() > 0 || !jar.file().contains("!/")) {
                print(jar);
            }
            fields += jar.fields();
            placed += jar.placed().size();
        }
        if (jars.size() > 1) {
            screen.headline("all: " + placed + " of " + fields + " fields can be placed");
        }
    }

    private void print(Coverage jar) {
        screen.headline(
                name(jar.file())
                        + ": "
                        + jar.placed().size()
                        + " of "
                        + jar.fields()
                        + " fields can be placed ("
                        + jar.percent()
                        + " %)"
                        + (jar.wrappedOnly().isEmpty()
                                ? ""
                                : ", "
                                        + jar.wrappedOnly().size()
                                        + " hold arrays from outside only"));
        if (!all) {
            for (FieldId field : jar.placed()) {
                line(Screen.Style.GOOD, "placed", field.toString());
            }
        }
        for (Map.Entry<FieldId, String> copied : jar.copied().entrySet()) {
            String text = copied.getKey() + " at " + copied.getValue();
            line(Screen.Style.REMOTE, "copied", text + ": callers get a copy of it");
        }
        for (FieldId field : jar.wrappedOnly()) {
            line(Screen.Style.REMOTE, "wrapped", field + ": every array in it comes from outside");
        }
        for (Refusal refusal : jar.refused()) {
            line(Screen.Style.BAD, "refused", refusal.toString());
        }
    }

    /** Without the directories. */
    private static String name(String file) {
        String path = file.endsWith("/") ? file.substring(0, file.length() - 1) : file;
        int inside = path.lastIndexOf("!/");
        String outer = inside < 0 ? path : path.substring(0, inside);
        return path.substring(outer.lastIndexOf('/') + 1);
    }

    private void line(Screen.Style style, String word, String text) {
        screen.line("  " + screen.styled(style, word) + " ".repeat(9 - word.length()) + text);
    }
}
