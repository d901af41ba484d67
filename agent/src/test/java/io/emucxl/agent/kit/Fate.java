package io.emucxl.agent.kit;

import java.util.ArrayList;
import java.util.List;

/** What may become of the arrays of a random program. */
public enum Fate {
    /** They stay where all code is known: nearly all can be placed. */
    KEPT,
    /** Methods that may be called from anywhere give them back, too. */
    RETURNED,
    /** They also get where they must be arrays of the heap. */
    LEAKED;

    /** The fate in the program of a seed. */
    public static Fate of(long seed) {
        return switch ((int) (seed & 3)) {
            case 0 -> LEAKED;
            case 1 -> RETURNED;
            default -> KEPT;
        };
    }

    /** The ways that arrays may take. */
    List<Shape> shapes() {
        List<Shape> all = new ArrayList<>(Shape.WAYS);
        all.addAll(Rows.WAYS);
        all.addAll(Versions.WAYS);
        if (this != KEPT) {
            all.addAll(Shape.RETURNING);
            all.addAll(Rows.RETURNING);
            all.addAll(Versions.RETURNING);
        }
        if (this == LEAKED) {
            all.addAll(Leaks.ALL);
        }
        return all;
    }
}
