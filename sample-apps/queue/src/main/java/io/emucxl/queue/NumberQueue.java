package io.emucxl.queue;

/** A first-in, first-out queue of numbers. */
interface NumberQueue {
    /** Adds a number at the rear. */
    void enqueue(int data);

    /**
     * Removes the number at the front.
     *
     * @throws IllegalStateException when the queue is empty
     */
    int dequeue();

    /**
     * Sends the numbers from 0 on through this queue, which must be empty.
     *
     * @param operations how many numbers
     * @return the milliseconds until all are in, and those until all are out
     */
    default double[] time(int operations) {
        long start = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            enqueue(i);
        }
        long middle = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += dequeue();
        }
        long end = System.nanoTime();
        check(sum, operations);
        return new double[] {(middle - start) / 1e6, (end - middle) / 1e6};
    }

    /** Fails when the sum is not that of so many numbers from 0 on. */
    static void check(long sum, int operations) {
        if (sum != (long) operations * (operations - 1) / 2) {
            throw new AssertionError("the queue returned other numbers than it was given");
        }
    }
}
