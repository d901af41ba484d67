package io.emucxl.agent.cli;

import io.emucxl.runtime.Report;

/**
 * Regions as characters, one each: the tier by the alphabet (and the colour), the heat by the
 * letter.
 */
final class RegionPicture {

    private static final String LOCAL = "-oO0@";
    private static final String REMOTE = ".:+xX";
    private static final int WIDTH = 64;

    private RegionPicture() {}

    static void draw(Screen screen, Report.Snapshot snapshot) {
        float hottest = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            hottest = Math.max(hottest, heat(snapshot, i));
        }
        for (int row = 0; row < snapshot.size(); row += WIDTH) {
            StringBuilder line = new StringBuilder("  ");
            int end = Math.min(row + WIDTH, snapshot.size());
            for (int from = row; from < end; ) {
                int to = from;
                StringBuilder same = new StringBuilder();
                while (to < end && snapshot.tiers()[to] == snapshot.tiers()[from]) {
                    same.append(letter(snapshot.tiers()[to], heat(snapshot, to), hottest));
                    to++;
                }
                line.append(screen.styled(style(snapshot.tiers()[from]), same.toString()));
                from = to;
            }
            screen.line(line.toString());
        }
    }

    static void legend(Screen screen) {
        screen.line(
                "  local, cold to hot: "
                        + screen.styled(Screen.Style.LOCAL, LOCAL)
                        + "    remote, cold to hot: "
                        + screen.styled(Screen.Style.REMOTE, REMOTE));
    }

    private static Screen.Style style(int tier) {
        return tier == 0 ? Screen.Style.LOCAL : Screen.Style.REMOTE;
    }

    private static float heat(Report.Snapshot snapshot, int i) {
        return snapshot.reads()[i] + snapshot.writes()[i];
    }

    /** Each letter stands for four times the heat of the one before. */
    private static char letter(int tier, float heat, float hottest) {
        String letters = tier == 0 ? LOCAL : REMOTE;
        int level = heat <= 0 ? 0 : letters.length() - 1;
        for (float bound = hottest / 4; level > 1 && heat < bound; bound /= 4) {
            level--;
        }
        return letters.charAt(level);
    }
}
