package io.emucxl.queue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/** Drives the ring buffer beside the JDK's queue, in a JVM with or without the agent. */
public final class RingDriver {
    private static final int OPERATIONS = 2_000_000;

    private RingDriver() {}

    /** Prints what came out; fails when the JDK's queue gives anything else. */
    public static void main(String[] args) {
        SplittableRandom random = new SplittableRandom(11);
        Queue<Integer> model = new ArrayDeque<>();
        RingQueue queue = new RingQueue();
        long sum = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            // It grows to half a million, with runs in which it shrinks and wraps around.
            if (random.nextInt(8) < (i >> 16) % 3 * 2 + 2) {
                int number = random.nextInt();
                model.add(number);
                queue.enqueue(number);
            } else if (!model.isEmpty()) {
                int number = queue.dequeue();
                if (number != model.remove()) {
                    throw new AssertionError("operation " + i);
                }
                sum = 31 * sum + number;
            }
        }
        if (queue.size() != model.size() || queue.size() < 1000) {
            throw new AssertionError(queue.size() + " are left");
        }
        try {
            new RingQueue().dequeue();
            throw new AssertionError("a number came out of an empty queue");
        } catch (IllegalStateException e) {
            System.out.println(queue.size() + " " + sum + " " + e.getMessage());
        }
    }
}
