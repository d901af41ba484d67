package io.emucxl.queue;

import io.emucxl.Emucxl;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures the queue on both tiers. Which tier comes first alternates from one repetition to the
 * next: the published program always measures the same one second, and on one node, without any
 * remote memory, its second queue is the slower one by 23 to 34 %.
 */
final class QueueTimes {
    /** The operations whose time is taken. */
    enum Operation {
        /** As in Listing 1: allocation of the node, and its linking. */
        ENQUEUE,
        /** As in Listing 1: unlinking, and freeing of the node. */
        DEQUEUE,
        /** Allocation of as many nodes, and nothing else. */
        ALLOCATE,
        /** Linking of nodes that are there. */
        LINK,
        /** Reading and unlinking of nodes that stay. */
        UNLINK,
        /** Freeing of as many nodes, and nothing else. */
        FREE
    }

    private final int operations;
    private final int repetitions;
    private final Map<Operation, double[][]> millis = new EnumMap<>(Operation.class);

    /**
     * Prepares the measurement.
     *
     * @param operations so many numbers go through the queue
     * @param repetitions so often, after as many that only warm up
     */
    QueueTimes(int operations, int repetitions) {
        this.operations = operations;
        this.repetitions = repetitions;
        for (Operation operation : Operation.values()) {
            millis.put(operation, new double[2][repetitions]);
        }
    }

    /** Measures; the library must have been started. */
    void measure() {
        for (int pass = 0; pass < 2; pass++) {
            for (int repetition = 0; repetition < repetitions; repetition++) {
                int first = repetition & 1;
                measure(first, repetition);
                measure(1 - first, repetition);
            }
        }
    }

    /** The times of an operation on a tier in milliseconds. */
    Sample of(Operation operation, int tier) {
        return Sample.of(millis.get(operation)[tier]);
    }

    private void measure(int tier, int repetition) {
        asListed(tier, repetition);
        apart(tier, repetition);
    }

    private void asListed(int tier, int repetition) {
        try (NodeQueue queue = new NodeQueue(tier)) {
            double[] times = queue.time(operations);
            millis.get(Operation.ENQUEUE)[tier][repetition] = times[0];
            millis.get(Operation.DEQUEUE)[tier][repetition] = times[1];
        }
    }

    private void apart(int tier, int repetition) {
        long[] nodes = new long[operations];
        long start = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            nodes[i] = Emucxl.alloc(NodeQueue.NODE_BYTES, tier);
        }
        long allocated = System.nanoTime();
        NodeQueue queue = new NodeQueue(tier);
        long begin = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            queue.append(nodes[i], i);
        }
        long linked = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += queue.unlink();
        }
        long unlinked = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            Emucxl.free(nodes[i], NodeQueue.NODE_BYTES);
        }
        long freed = System.nanoTime();
        NumberQueue.check(sum, operations);
        note(Operation.ALLOCATE, tier, repetition, allocated - start);
        note(Operation.LINK, tier, repetition, linked - begin);
        note(Operation.UNLINK, tier, repetition, unlinked - linked);
        note(Operation.FREE, tier, repetition, freed - unlinked);
    }

    private void note(Operation operation, int tier, int repetition, long nanos) {
        millis.get(operation)[tier][repetition] = nanos / 1e6;
    }
}
