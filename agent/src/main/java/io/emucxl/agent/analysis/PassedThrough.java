package io.emucxl.agent.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the arrays that a method is given it may give back, like {@code grow(array, n)}. */
final class PassedThrough {
    private static final BitSet NONE = new BitSet();

    private final List<CallSite> byChoice = new ArrayList<>();
    private final Map<Node, List<CallSite>> byResult = new HashMap<>();
    private final Map<MethodPlaces, BitSet> known = new HashMap<>();

    /**
     * @param flows the bodies that have been analysed
     */
    PassedThrough(Collection<BodyFlow> flows) {
        for (BodyFlow f : flows) {
            for (CallSite s : f.calls) {
                if (s.active() && !s.callee.closed) {
                    byChoice.add(s);
                    if (s.result != null) {
                        Node result = s.result.representative();
                        byResult.computeIfAbsent(result, r -> new ArrayList<>()).add(s);
                        known.put(s.callee, NONE);
                    }
                }
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<MethodPlaces, BitSet> e : known.entrySet()) {
                BitSet now = find(e.getKey());
                more |= !now.equals(e.setValue(now));
            }
        }
    }

    /** The calls that get the version with handles because that was chosen. */
    List<CallSite> byChoice() {
        return byChoice;
    }

    /** The indices of the parameters that a method may give back. */
    BitSet through(MethodPlaces method) {
        return known.getOrDefault(method, NONE);
    }

    private BitSet find(MethodPlaces method) {
        BitSet all = new BitSet();
        if (method.returned == null) {
            return all;
        }
        Set<Node> seen = new HashSet<>();
        Deque<Node> todo = new ArrayDeque<>(List.of(method.returned.representative()));
        while (!todo.isEmpty()) {
            Node n = todo.poll();
            if (!seen.add(n)) {
                continue;
            }
            for (Node p : n.hardPredecessors) {
                todo.add(p.representative());
            }
            for (CallSite s : byResult.getOrDefault(n, List.of())) {
                BitSet through = through(s.callee);
                for (int i = through.nextSetBit(0); i >= 0; i = through.nextSetBit(i + 1)) {
                    if (s.arguments[i] != null) {
                        todo.add(s.arguments[i].representative());
                    }
                }
            }
        }
        for (int i = 0; i < method.parameters.length; i++) {
            Node p = method.parameters[i];
            if (p != null && seen.contains(p.representative())) {
                all.set(i);
            }
        }
        return all;
    }
}
