package io.emucxl.policies;

import java.util.Arrays;

/** The remote units accessed in a period, best first, as many as the budget can move. */
final class Candidates {
    private final UnitHeap worstFirst = new UnitHeap();
    private int[] ranks = new int[16];
    private int most;

    void clear(long limit) {
        worstFirst.clear();
        most = (int) Math.min(limit, Integer.MAX_VALUE);
    }

    /** Takes the {@code k}-th accessed unit, unless there are enough better ones. */
    void offer(int k, double first, double second) {
        if (worstFirst.size() < most) {
            worstFirst.add(k, first, second);
        } else if (most > 0 && worstFirst.topBelow(first, second)) {
            worstFirst.pop();
            worstFirst.add(k, first, second);
        }
    }

    /** Ranks what was offered; to be called once before {@link #ranked}. */
    int rank() {
        int size = worstFirst.size();
        if (ranks.length < size) {
            ranks = Arrays.copyOf(ranks, Math.max(size, 2 * ranks.length));
        }
        for (int i = size - 1; i >= 0; i--) {
            ranks[i] = worstFirst.pop();
        }
        return size;
    }

    /** The number among the accessed units of the {@code i}-th best. */
    int ranked(int i) {
        return ranks[i];
    }
}
