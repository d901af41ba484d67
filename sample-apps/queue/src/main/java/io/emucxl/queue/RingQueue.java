package io.emucxl.queue;

import io.emucxl.runtime.RemoteTier;
import java.util.Arrays;

/**
 * A queue of numbers in a ring buffer that grows: the same work as {@link NodeQueue} in plain Java.
 * Under the agent its array lives on a tier. Not thread-safe.
 */
public final class RingQueue implements NumberQueue {
    private static final int FIRST = 16;

    @RemoteTier private int[] ring = new int[FIRST];
    private int front;
    private int count;

    @Override
    public void enqueue(int data) {
        int length = ring.length;
        if (count == length) {
            grow();
            length = ring.length;
        }
        int at = front + count;
        ring[at < length ? at : at - length] = data;
        count++;
    }

    @Override
    public int dequeue() {
        if (count == 0) {
            throw new IllegalStateException("the queue is empty");
        }
        int data = ring[front];
        front = front + 1 == ring.length ? 0 : front + 1;
        count--;
        return data;
    }

    /** How many numbers it holds. */
    public int size() {
        return count;
    }

    private void grow() {
        int length = ring.length;
        int[] grown = Arrays.copyOf(ring, 2 * length);
        // What had wrapped around goes behind the rest.
        System.arraycopy(ring, 0, grown, length, front);
        ring = grown;
    }
}
