package io.emucxl.agent.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Arrays that are returned to callers that are not rewritten. Where they come out of targets whose
 * callers may get copies, and of no other, they may be placed; elsewhere they stay on the heap.
 */
final class Leaks {
    private final List<Node> nodes;

    /**
     * @param nodes the representatives of all places
     */
    Leaks(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** Makes escapes of the leaks that nobody allowed. */
    void bar() {
        Set<Node> allowed = allowed();
        Set<Node> seen = new HashSet<>();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : nodes) {
            if (n.leak != null && seen.add(n)) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            if (!allowed.contains(n) || refusesCopies(n)) {
                n.escapes(n.leak);
                continue;
            }
            // What else comes here would be copied too.
            for (Node p : n.predecessors) {
                leak(p, n, seen, todo);
            }
            if (n.linkedContainer() != null) {
                leak(n.linkedContainer(), n, seen, todo);
            }
        }
    }

    private static void leak(Node node, Node from, Set<Node> seen, Deque<Node> todo) {
        Node r = node.representative();
        r.leaks(from.leak);
        if (seen.add(r)) {
            todo.add(r);
        }
    }

    /** The places that arrays of targets whose callers may get copies can come to. */
    private Set<Node> allowed() {
        Set<Node> seen = new HashSet<>();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : nodes) {
            if (copies(n) && seen.add(n)) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            for (Node s : n.successors) {
                if (seen.add(s.representative())) {
                    todo.add(s.representative());
                }
            }
            if (n.linkedRows() != null && seen.add(n.linkedRows())) {
                todo.add(n.linkedRows());
            }
        }
        return seen;
    }

    /** Whether it is a target of which callers may get copies. */
    static boolean copies(Node representative) {
        for (Node m : representative.members()) {
            if (m.wanted && m.copies) {
                return true;
            }
        }
        return false;
    }

    private static boolean refusesCopies(Node representative) {
        for (Node m : representative.members()) {
            if (m.wanted && !m.copies) {
                return true;
            }
        }
        return false;
    }
}
