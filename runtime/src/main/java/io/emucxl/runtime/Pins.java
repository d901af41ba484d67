package io.emucxl.runtime;

import java.util.Arrays;

/** Brings the regions that targets have pinned to their tier, and makes room for them there. */
final class Pins {
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;

    /** When nothing could be done, it is tried again after so many periods. */
    private static final int PATIENCE = 32;

    private final Regions regions;
    private final Heat heat;
    private final Backoff backoff;
    private final Warnings warnings;
    private int[] wrong = new int[16];
    private boolean astray;
    private int wait;

    Pins(Regions regions, Heat heat, Backoff backoff, Warnings warnings) {
        this.regions = regions;
        this.heat = heat;
        this.backoff = backoff;
        this.warnings = warnings;
    }

    /**
     * Queues moves of pinned regions that are on the other tier. Passes over all regions, but only
     * when some have got a pin, or are known to be on the wrong tier.
     *
     * @param limit the most regions to move
     */
    void keep(long now, int limit, MoveQueue into) {
        if (regions.takeNewPins()) {
            astray = true;
            wait = 0;
        }
        if (!astray || wait-- > 0) {
            return;
        }
        int all = find(REMOTE, now);
        int demoted = Math.min(all, limit);
        for (int i = 0; i < demoted; i++) {
            into.add(wrong[i], REMOTE);
        }
        int toLocal = find(LOCAL, now);
        all += toLocal;
        int promoted = promote(Math.min(toLocal, limit - demoted), limit - demoted, now, into);
        if (promoted < toLocal && promoted < limit - demoted && demoted == 0) {
            warnings.once(
                    "pins",
                    toLocal
                            - promoted
                            + " regions with arrays that are pinned to the local tier find no room"
                            + " there (its capacity is "
                            + regions.capacity(LOCAL)
                            + " bytes); they stay remote until there is some");
        }
        astray = all > 0;
        wait = demoted + promoted > 0 ? 0 : PATIENCE;
    }

    /** Promotes as many of the regions found as there is, or can be made, room for. */
    private int promote(int wanted, int limit, long now, MoveQueue into) {
        if (wanted == 0) {
            return 0;
        }
        long free = regions.capacity(LOCAL) - regions.used(LOCAL);
        long room = Math.max(0, free / regions.regionBytes());
        if (free < 0) {
            return 0;
        }
        int promoted = (int) Math.min(wanted, room);
        // Each of the others takes two moves: one makes the room.
        int others = Math.min(wanted - promoted, (limit - promoted) / 2);
        promoted += ColdestRegions.find(regions, heat, backoff, now, others, into);
        for (int i = 0; i < promoted; i++) {
            into.add(wrong[i], LOCAL);
        }
        return promoted;
    }

    /** Finds the regions that are to be on this tier and are not; returns how many. */
    private int find(int tier, long now) {
        int found = 0;
        for (int region = 0; region < regions.count(); region++) {
            if (regions.pin(region) == tier
                    && regions.tier(region) == 1 - tier
                    && !regions.pinned(region)
                    && !backoff.holds(region, now)) {
                if (found == wrong.length) {
                    wrong = Arrays.copyOf(wrong, 2 * found);
                }
                wrong[found++] = region;
            }
        }
        return found;
    }
}
