package io.emucxl.agent.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reachability over nodes.
 *
 * <p>Three questions are answered: what could be concerned by the places that we start from ({@link
 * #relevance}), what can never be tiered because its arrays reach a use that needs a heap array
 * ({@link #barred}), and, given the places that are tiered, what else is ({@link #tier}).
 */
final class Solver {
    /** Mark of nodes that arrays of the starting places may reach. */
    static final int FORWARD = 1;

    /** Mark of nodes whose arrays may reach a node that is marked as reached. */
    static final int BACKWARD = 2;

    private final Collection<BodyFlow> flows;
    private final boolean adopting;

    /**
     * @param flows the bodies that have been analysed
     */
    Solver(Collection<BodyFlow> flows) {
        this(flows, true);
    }

    /**
     * @param flows the bodies that have been analysed
     * @param adopting whether methods with a version for handles may adopt arrays that could as
     *     well be passed to their other version
     */
    Solver(Collection<BodyFlow> flows, boolean adopting) {
        this.flows = flows;
        this.adopting = adopting;
    }

    /** Every representative that the bodies use, once. */
    List<Node> representatives() {
        int visited = 1 << 30;
        List<Node> all = new ArrayList<>();
        for (BodyFlow f : flows) {
            for (Node n : f.nodes) {
                visit(n, visited, all);
            }
            for (CallSite s : f.calls) {
                for (Node p : s.callee.parameters) {
                    visit(p, visited, all);
                }
                visit(s.callee.returned, visited, all);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Node r = all.get(i);
            visit(r.linkedRows(), visited, all);
            visit(r.linkedContainer(), visited, all);
        }
        for (Node r : all) {
            r.mark &= ~visited;
        }
        return all;
    }

    private static void visit(Node n, int visited, List<Node> all) {
        if (n == null) {
            return;
        }
        Node r = n.representative();
        if ((r.mark & visited) == 0) {
            r.mark |= visited;
            all.add(r);
        }
    }

    /**
     * Marks what the arrays of some places may reach and what may reach those, and activates the
     * calls in between.
     *
     * @param starts the places
     */
    void relevance(Collection<Node> starts) {
        List<CallSite> calls = new ArrayList<>();
        for (BodyFlow f : flows) {
            for (CallSite s : f.calls) {
                if (!s.active()) {
                    calls.add(s);
                }
            }
        }
        Deque<Node> todo = new ArrayDeque<>();
        boolean known = false;
        List<CallSite> activated;
        do {
            if (!known) {
                for (Node n : representatives()) {
                    n.mark = 0;
                }
                todo.clear();
                for (Node n : starts) {
                    mark(n.representative(), FORWARD | BACKWARD, todo);
                }
            }
            spread(todo);
            activated = activate(calls);
            known = true;
            for (CallSite s : activated) {
                known &= resume(s, todo);
            }
        } while (!activated.isEmpty());
    }

    private List<CallSite> activate(List<CallSite> calls) {
        List<CallSite> activated = new ArrayList<>();
        for (CallSite s : calls) {
            if (wanted(s)) {
                s.activate();
                activated.add(s);
            }
        }
        calls.removeIf(CallSite::active);
        return activated;
    }

    /**
     * Lets the marks spread along what a call connected when it was activated.
     *
     * @return false when they must be found anew
     */
    private static boolean resume(CallSite s, Deque<Node> todo) {
        boolean known = resume(s.result, todo);
        known &= resume(s.callee.returned, todo);
        for (int i = 0; i < s.arguments.length; i++) {
            known &= resume(s.arguments[i], todo);
            known &= resume(s.callee.parameters[i], todo);
        }
        return known;
    }

    private static boolean resume(Node n, Deque<Node> todo) {
        if (n == null) {
            return true;
        }
        Node outermost = n.representative();
        while (outermost.linkedContainer() != null) {
            outermost = outermost.linkedContainer();
        }
        boolean known = true;
        for (Node r = outermost; r != null; r = r.linkedRows()) {
            if (r.mark != 0) {
                todo.add(r);
                if (r.makesArrays()) {
                    r.mark |= FORWARD;
                }
            }
            // It may have been marked as what feeds others, which a field is not.
            known &= r.mark != BACKWARD || !r.isField();
        }
        return known;
    }

    private boolean wanted(CallSite s) {
        // A method without arrays of arrays, and that gives none back, may adopt what it is given.
        boolean takes = adopting && s.callee.returned == null;
        boolean rows = s.callee.hasRows();
        for (int i = 0; i < s.arguments.length; i++) {
            Node a = s.arguments[i];
            Node p = s.callee.parameters[i];
            boolean adopts = takes && (!rows || (s.callee.opened && p != null && p.kept));
            if (a != null && (marked(a, FORWARD) || (adopts && p.representative().mark != 0))) {
                return true;
            }
        }
        return s.result != null && s.callee.returned != null && s.result.representative().mark != 0;
    }

    /** Whether a node or what was unified with it bears a mark. */
    static boolean marked(Node n, int mark) {
        return (n.representative().mark & mark) != 0;
    }

    /** Marks a representative; what makes arrays that others get can make them where those are. */
    private static void mark(Node r, int mark, Deque<Node> todo) {
        if ((r.mark & mark) != mark) {
            r.mark |= r.makesArrays() ? FORWARD | BACKWARD : mark;
            todo.add(r);
        }
    }

    private static void spread(Deque<Node> todo) {
        while (!todo.isEmpty()) {
            Node n = todo.pop();
            if ((n.mark & FORWARD) != 0) {
                for (Node s : n.successors) {
                    mark(s.representative(), FORWARD | BACKWARD, todo);
                }
            }
            for (Node p : n.predecessors) {
                Node r = p.representative();
                // Other fields keep their own representation unless tiered arrays flow into them.
                if (!r.isField()) {
                    mark(r, BACKWARD, todo);
                }
            }
            if (n.linkedRows() != null) {
                mark(n.linkedRows(), n.mark, todo);
            }
            if (n.linkedContainer() != null) {
                mark(n.linkedContainer(), n.mark, todo);
            }
        }
    }

    /** Carries every reason to stay on the heap back to all places whose arrays reach it. */
    void barred() {
        new Leaks(representatives()).bar();
        hardBarred();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : representatives()) {
            if (n.escape != null) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            for (Node p : n.predecessors) {
                bar(p, n.escape, todo);
            }
            if (n.linkedRows() != null) {
                bar(n.linkedRows(), n.escape, todo);
            }
            if (n.linkedContainer() != null) {
                bar(n.linkedContainer(), n.escape, todo);
            }
        }
    }

    /**
     * The same without the flows that are there by choice. Where a call gives to the heap what it
     * was given, neither version will do, so its arguments stay there too.
     */
    private void hardBarred() {
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : representatives()) {
            if (n.escape != null && !n.hard) {
                n.hard = true;
                todo.add(n);
            }
        }
        PassedThrough passed = new PassedThrough(flows);
        while (!todo.isEmpty()) {
            while (!todo.isEmpty()) {
                Node n = todo.poll();
                for (Node p : n.hardPredecessors) {
                    harden(p, todo);
                }
                if (n.linkedRows() != null) {
                    harden(n.linkedRows(), todo);
                }
                if (n.linkedContainer() != null) {
                    harden(n.linkedContainer(), todo);
                }
            }
            for (CallSite s : passed.byChoice()) {
                boolean given = s.result != null && s.result.representative().hard;
                for (int i = 0; i < s.arguments.length; i++) {
                    Node p = s.callee.parameters[i];
                    if (s.arguments[i] != null
                            && (p.representative().hard
                                    || (given && passed.through(s.callee).get(i)))) {
                        harden(s.arguments[i], todo);
                    }
                }
            }
        }
    }

    private static void harden(Node n, Deque<Node> todo) {
        Node r = n.representative();
        if (!r.hard) {
            r.hard = true;
            todo.add(r);
        }
    }

    private static void bar(Node n, Escape why, Deque<Node> todo) {
        Node r = n.representative();
        if (r.escape == null) {
            r.escape = why;
            todo.add(r);
        }
    }

    /**
     * Makes tiered: the given places, what their arrays reach, and the allocations that feed them,
     * as far as those are not barred.
     *
     * @param starts places that are not barred
     * @param conflict told of every node that should be tiered but is barred
     */
    void tier(Collection<Node> starts, Consumer<Node> conflict) {
        Deque<Node> todo = new ArrayDeque<>();
        for (Node s : starts) {
            tierOne(s, todo);
        }
        close(todo, conflict);
        List<Node> all = representatives();
        boolean more = true;
        while (more) {
            more = false;
            for (Node n : feeding(all)) {
                if (!n.tiered && n.escape == null && n.makesArrays()) {
                    tierOne(n, todo);
                    more = true;
                }
            }
            close(todo, conflict);
        }
        TargetNumbers.spread(all);
    }

    /** The tiered ones of some representatives, and what brings arrays to them. */
    private static Set<Node> feeding(List<Node> all) {
        Set<Node> feeding = new LinkedHashSet<>();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : all) {
            if (n.tiered && feeding.add(n)) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.pop();
            for (Node p : n.predecessors) {
                Node r = p.representative();
                if (!r.isField() && feeding.add(r)) {
                    todo.add(r);
                }
            }
            for (Node link : new Node[] {n.linkedRows(), n.linkedContainer()}) {
                if (link != null && feeding.add(link)) {
                    todo.add(link);
                }
            }
        }
        return feeding;
    }

    private static void close(Deque<Node> todo, Consumer<Node> conflict) {
        while (!todo.isEmpty()) {
            Node n = todo.pop();
            if (n.escape != null) {
                conflict.accept(n);
            }
            for (Node s : n.successors) {
                tierOne(s, todo);
            }
            if (n.linkedRows() != null) {
                tierOne(n.linkedRows(), todo);
            }
            if (n.linkedContainer() != null) {
                tierOne(n.linkedContainer(), todo);
            }
        }
    }

    private static void tierOne(Node n, Deque<Node> todo) {
        Node r = n.representative();
        if (!r.tiered) {
            r.tiered = true;
            todo.add(r);
        }
    }

    /** The tiered nodes that arrays made in a region can reach. */
    Set<Node> fed() {
        Set<Node> fed = new HashSet<>();
        Deque<Node> todo = new ArrayDeque<>();
        for (Node n : representatives()) {
            if (n.tiered && n.makesArrays() && fed.add(n)) {
                todo.add(n);
            }
        }
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            for (Node s : n.successors) {
                if (fed.add(s.representative())) {
                    todo.add(s.representative());
                }
            }
            for (Node link : new Node[] {n.linkedRows(), n.linkedContainer()}) {
                if (link != null && fed.add(link)) {
                    todo.add(link);
                }
            }
        }
        return fed;
    }
}
