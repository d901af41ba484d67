package io.emucxl.runtime;

/**
 * The local regions that are to go first: those of low priority, and of each those with least heat.
 */
final class ColdestRegions {
    private ColdestRegions() {}

    /**
     * Queues the demotion of so many of them, the coldest first. Passes over all regions.
     *
     * @return how many were found
     */
    static int find(
            Regions regions, Heat heat, Backoff backoff, long now, int many, MoveQueue into) {
        if (many <= 0) {
            return 0;
        }
        // A heap of the coldest found so far, the hottest of them on top.
        Order order = new Order(regions, heat);
        int[] heap = new int[Math.min(many, regions.count())];
        int size = 0;
        for (int region = 0; region < regions.count(); region++) {
            if (regions.tier(region) != 0
                    || regions.pinned(region)
                    || regions.pin(region) == 0
                    || backoff.holds(region, now)) {
                continue;
            }
            if (size < heap.length) {
                heap[size] = region;
                up(heap, size++, order);
            } else if (order.warmer(heap[0], region)) {
                heap[0] = region;
                down(heap, size, order);
            }
        }
        int[] coldestFirst = new int[size];
        while (size > 0) {
            coldestFirst[size - 1] = heap[0];
            heap[0] = heap[--size];
            down(heap, size, order);
        }
        for (int region : coldestFirst) {
            into.add(region, 1);
        }
        return coldestFirst.length;
    }

    /** Which of two regions is to go later. */
    private record Order(Regions regions, Heat heat) {
        boolean warmer(int region, int than) {
            int a = regions.priority(region);
            int b = regions.priority(than);
            return a != b ? a > b : heat.total(region) > heat.total(than);
        }
    }

    private static void up(int[] heap, int from, Order order) {
        int i = from;
        while (i > 0 && order.warmer(heap[i], heap[(i - 1) / 2])) {
            swap(heap, i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private static void down(int[] heap, int size, Order order) {
        int i = 0;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && order.warmer(heap[child + 1], heap[child])) {
                child++;
            }
            if (!order.warmer(heap[child], heap[i])) {
                return;
            }
            swap(heap, i, child);
            i = child;
        }
    }

    private static void swap(int[] heap, int i, int j) {
        int region = heap[i];
        heap[i] = heap[j];
        heap[j] = region;
    }
}
