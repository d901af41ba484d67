package io.emucxl.agent.cli;

import java.io.PrintStream;

/** Standard output, in colours when it is a terminal that wants them. */
final class Screen {

    /** What colours mean here. */
    enum Style {
        /** A headline. */
        BOLD("1"),
        /** The local tier. */
        LOCAL("32"),
        /** The remote tier. */
        REMOTE("36"),
        /** What went well. */
        GOOD("32"),
        /** What did not. */
        BAD("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colours;

    /**
     * A screen.
     *
     * @param colours whether to use them
     */
    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Standard output; the launcher says in {@code EMUCXL_COLOUR} whether it is a terminal. */
    static Screen standard() {
        String noColour = System.getenv("NO_COLOR");
        boolean wanted = noColour == null || noColour.isEmpty();
        return new Screen(System.out, wanted && "1".equals(System.getenv("EMUCXL_COLOUR")));
    }

    String styled(Style style, String text) {
        return colours ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    void line(String text) {
        out.println(text);
    }

    void headline(String text) {
        out.println();
        out.println(styled(Style.BOLD, text));
    }
}
