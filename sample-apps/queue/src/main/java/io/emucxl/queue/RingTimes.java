package io.emucxl.queue;

import java.util.Locale;

/**
 * Measures the ring buffer in the JVM that runs it, and prints {@code enqueue mean, deviation,
 * dequeue mean, deviation} in milliseconds. Under the agent its array is where the agent puts it.
 */
public final class RingTimes {
    private RingTimes() {}

    /**
     * Measures.
     *
     * @param args how many numbers go through the queue, and how often
     */
    public static void main(String[] args) {
        int operations = Integer.parseInt(args[0]);
        int repetitions = Integer.parseInt(args[1]);
        double[] enqueue = new double[repetitions];
        double[] dequeue = new double[repetitions];
        for (int run = -repetitions; run < repetitions; run++) {
            double[] millis = new RingQueue().time(operations);
            if (run >= 0) {
                enqueue[run] = millis[0];
                dequeue[run] = millis[1];
            }
        }
        Sample in = Sample.of(enqueue);
        Sample out = Sample.of(dequeue);
        System.out.printf(
                Locale.ROOT,
                "%.6f %.6f %.6f %.6f%n",
                in.mean(),
                in.deviation(),
                out.mean(),
                out.deviation());
    }
}
