package io.emucxl.runtime;

/** The local regions with the least heat. */
final class ColdestRegions {
    private ColdestRegions() {}

    /** Queues the demotion of so many of them, the coldest first. Passes over all regions. */
    static void find(
            Regions regions, Heat heat, Backoff backoff, long now, int many, MoveQueue into) {
        if (many <= 0) {
            return;
        }
        // A heap of the coldest found so far, the hottest of them on top.
        int[] heap = new int[Math.min(many, regions.count())];
        int size = 0;
        for (int region = 0; region < regions.count(); region++) {
            if (regions.tier(region) != 0 || regions.pinned(region) || backoff.holds(region, now)) {
                continue;
            }
            if (size < heap.length) {
                heap[size] = region;
                up(heap, size++, heat);
            } else if (heat.total(region) < heat.total(heap[0])) {
                heap[0] = region;
                down(heap, size, heat);
            }
        }
        int[] coldestFirst = new int[size];
        while (size > 0) {
            coldestFirst[size - 1] = heap[0];
            heap[0] = heap[--size];
            down(heap, size, heat);
        }
        for (int region : coldestFirst) {
            into.add(region, 1);
        }
    }

    private static void up(int[] heap, int from, Heat heat) {
        int i = from;
        while (i > 0 && heat.total(heap[i]) > heat.total(heap[(i - 1) / 2])) {
            swap(heap, i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private static void down(int[] heap, int size, Heat heat) {
        int i = 0;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && heat.total(heap[child + 1]) > heat.total(heap[child])) {
                child++;
            }
            if (heat.total(heap[i]) >= heat.total(heap[child])) {
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
