package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;
import java.util.BitSet;

/** Units that are local, or would be under some rule, with the coldest of them at hand. */
final class Residents {
    /**
     * The entries of the heap that may be corrected in a period. When more are wrong, as after all
     * of very many were accessed, making the heap anew takes less time.
     */
    private static final int MOST_CORRECTIONS = 4096;

    /** The members that are put into a new heap in a period. */
    private static final int MOST_ORDERED = 1 << 15;

    /** The entries that are corrected for each answer while a heap that is not whole is wrong. */
    private static final int FEWEST_SEEN = 4;

    private UnitHistory history;
    private final BitSet members = new BitSet();
    private final UnitHeap heap = new UnitHeap();
    private Rule rule;
    private int size;
    private double corrected;

    /** The member from which on they are still to be put into the heap; -1 when all are there. */
    private int unordered = -1;

    private int corrections;

    Residents(UnitHistory history, Rule rule) {
        this.history = history;
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }

    /** What the rule goes by. */
    UnitHistory history() {
        return history;
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

    /** The members among these units. */
    BitSet among(BitSet units) {
        BitSet both = (BitSet) units.clone();
        both.and(members);
        return both;
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
     * The coldest member under the rule, or -1 when there is none. While the heap of very many is
     * made anew, it is the coldest of a part of them.
     */
    int coldest() {
        if (corrected != history.period()) {
            corrected = history.period();
            corrections = 0;
            orderMore();
        }
        int coldest = -1;
        int seen = 0;
        while (!heap.isEmpty()) {
            int unit = heap.top();
            if (!members.get(unit)) {
                heap.pop();
            } else if (heap.topIs(first(unit), second(unit))) {
                return unit;
            } else if (corrections >= MOST_CORRECTIONS && unordered < 0) {
                reorder();
            } else if (corrections >= MOST_CORRECTIONS && seen >= FEWEST_SEEN) {
                return coldest;
            } else {
                corrections++;
                seen++;
                coldest = coldest < 0 || colder(unit, coldest) ? unit : coldest;
                heap.correctTop(first(unit), second(unit));
            }
        }
        return -1;
    }

    /** The coldest member that is on this node still, or -1; those that are not leave. */
    int coldest(PlacementPolicy.Observation observed, int node) {
        while (true) {
            int unit = coldest();
            if (unit < 0 || observed.node(unit) == node) {
                return unit;
            }
            remove(unit);
        }
    }

    private boolean colder(int unit, int other) {
        double first = first(unit);
        double than = first(other);
        return first < than || (first == than && second(unit) < second(other));
    }

    void rule(Rule newRule, UnitHistory newHistory) {
        boolean reorder = newRule.byHeat() != rule.byHeat() || newHistory != history;
        rule = newRule;
        history = newHistory;
        if (reorder) {
            reorder();
        }
    }

    /**
     * Makes the order anew, after keys have changed otherwise than by growing: of very many members
     * a part in each period.
     */
    void reorder() {
        heap.clear();
        int unit = members.nextSetBit(0);
        for (int i = 0; unit >= 0 && i < MOST_ORDERED; i++) {
            heap.append(unit, first(unit), second(unit));
            unit = members.nextSetBit(unit + 1);
        }
        heap.order();
        unordered = unit;
    }

    /** Puts more members into a heap that is being made anew. */
    private void orderMore() {
        for (int i = 0; unordered >= 0 && i < MOST_ORDERED; i++) {
            push(unordered);
            unordered = members.nextSetBit(unordered + 1);
        }
    }

    void clear() {
        members.clear();
        heap.clear();
        unordered = -1;
        size = 0;
    }

    private void push(int unit) {
        heap.add(unit, first(unit), second(unit));
    }

    private double first(int unit) {
        return rule.byHeat() ? history.heat(unit) : history.last(unit);
    }

    /** What tells units apart that are equal by the rule, as those are that a period accessed. */
    private double second(int unit) {
        return rule.byHeat() ? history.last(unit) : history.heat(unit);
    }
}
