package io.emucxl.agent.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The numbers of the targets that tiered nodes belong to. */
final class TargetNumbers {
    private TargetNumbers() {}

    /**
     * Gives every tiered node the number of a target that its arrays reach, or come from, or meet
     * on the way; every tiered node is connected with one.
     */
    static void spread(List<Node> all) {
        // First those of which copies are returned, so that they are known where that happens.
        spread(all, true, true);
        boolean more = true;
        while (more) {
            boolean back = spread(all, false, false);
            more = spread(all, true, false) || back;
        }
    }

    private static boolean spread(List<Node> all, boolean forward, boolean copies) {
        boolean any = false;
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : all) {
            if (n.tiered && n.target >= 0 && (!copies || Leaks.copies(n))) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            List<Node> next = new ArrayList<>(forward ? n.successors : n.predecessors);
            if (n.linkedRows() != null) {
                next.add(n.linkedRows());
            }
            if (n.linkedContainer() != null) {
                next.add(n.linkedContainer());
            }
            for (Node s : next) {
                Node r = s.representative();
                if (r.tiered && r.target < 0) {
                    r.target = n.target;
                    todo.add(r);
                    any = true;
                }
            }
        }
        return any;
    }
}
