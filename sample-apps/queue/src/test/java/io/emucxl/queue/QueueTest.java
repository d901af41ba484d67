package io.emucxl.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.emucxl.Emucxl;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTest {
    @BeforeEach
    void start() {
        Emucxl.init();
    }

    @AfterEach
    void stop() {
        Emucxl.exit();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void linkedQueueBehavesAsAQueue(int tier) {
        long before = Emucxl.stats(tier);
        Random random = new Random(tier);
        Queue<Integer> model = new ArrayDeque<>();
        try (NodeQueue queue = new NodeQueue(tier)) {
            for (int i = 0; i < 20_000; i++) {
                if (random.nextInt(5) < 3) {
                    model.add(i);
                    queue.enqueue(i);
                } else if (!model.isEmpty()) {
                    assertEquals(model.remove(), queue.dequeue());
                }
                assertEquals(model.size(), queue.size());
            }
            assertEquals(before + 16L * model.size(), Emucxl.stats(tier));
            while (!model.isEmpty()) {
                assertEquals(model.remove(), queue.dequeue());
            }
            assertThrows(IllegalStateException.class, queue::dequeue);
            queue.enqueue(1);
            queue.enqueue(2);
        }
        assertEquals(before, Emucxl.stats(tier));
    }

    @Test
    void ringBehavesAsAQueue() {
        Random random = new Random(3);
        Queue<Integer> model = new ArrayDeque<>();
        RingQueue queue = new RingQueue();
        for (int i = 0; i < 200_000; i++) {
            if (random.nextInt(2 + i % 3) > 0) {
                model.add(i);
                queue.enqueue(i);
            } else if (!model.isEmpty()) {
                assertEquals(model.remove(), queue.dequeue());
            }
            assertEquals(model.size(), queue.size());
        }
        while (!model.isEmpty()) {
            assertEquals(model.remove(), queue.dequeue());
        }
        assertThrows(IllegalStateException.class, queue::dequeue);
    }

    @Test
    void sampleIsMeanAndDeviation() {
        Sample sample = Sample.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertEquals(5, sample.mean());
        assertEquals(Math.sqrt(32 / 7.0), sample.deviation(), 1e-12);
        assertEquals(0, Sample.of(new double[] {3}).deviation());
    }
}
