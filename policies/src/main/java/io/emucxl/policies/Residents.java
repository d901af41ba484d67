package io.emucxl.policies;

import java.util.BitSet;

/** Units that are local, or would be under some rule, with the coldest of them at hand. */
final class Residents {
    /**
     * The entries of the heap that may be corrected in a period. With more local units than that,
     * all of them accessed, finding the very coldest would take longer than it is worth.
     */
    private static final int MOST_CORRECTIONS = 4096;

    private final UnitHistory history;
    private final BitSet members = new BitSet();
    private final UnitHeap heap = new UnitHeap();
    private Rule rule;
    private int size;
    private double corrected;
    private int corrections;

    Residents(UnitHistory history, Rule rule) {
        this.history = history;
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }

    int size() {
        return size;
    }

    boolean contains(int unit) {
        return members.get(unit);
    }

    /** The next member from this number on, or -1. */
    int next(int from) {
        return members.nextSetBit(from);
    }

    void add(int unit) {
        if (!members.get(unit)) {
            members.set(unit);
            size++;
            push(unit);
        }
    }

    void remove(int unit) {
        if (members.get(unit)) {
            members.clear(unit); // its entry in the heap goes when it comes to the top
            size--;
        }
    }

    /**
     * The coldest member under the rule, or -1 when there is none. When very many were accessed
     * since it was asked last, it is one that was among the coldest then.
     */
    int coldest() {
        if (corrected != history.period()) {
            corrected = history.period();
            corrections = 0;
        }
        while (!heap.isEmpty()) {
            int unit = heap.top();
            if (!members.get(unit)) {
                heap.pop();
            } else if (corrections > MOST_CORRECTIONS
                    || heap.topIs(first(unit), history.last(unit))) {
                return unit;
            } else {
                corrections++;
                heap.correctTop(first(unit), history.last(unit));
            }
        }
        return -1;
    }

    void rule(Rule newRule) {
        boolean reorder = newRule.byHeat() != rule.byHeat();
        rule = newRule;
        if (reorder) {
            reorder();
        }
    }

    /** Makes the order anew, after keys have changed otherwise than by growing. */
    void reorder() {
        heap.clear();
        for (int unit = members.nextSetBit(0); unit >= 0; unit = members.nextSetBit(unit + 1)) {
            heap.append(unit, first(unit), history.last(unit));
        }
        heap.order();
    }

    void clear() {
        members.clear();
        heap.clear();
        size = 0;
    }

    private void push(int unit) {
        heap.add(unit, first(unit), history.last(unit));
    }

    private double first(int unit) {
        return rule.byHeat() ? history.heat(unit) : history.last(unit);
    }
}
