package io.emucxl.slab;

import io.emucxl.Emucxl;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Hands out objects of one size from slabs, blocks of emucxl memory that are cut into equal chunks.
 * Each slab counts how many of its objects are in use; one that has none left is given back, but
 * for one that is kept so that a program at the edge does not get and give slabs in turn.
 *
 * <p>An object is known by a handle, not by an address: so the slab that it is in can move between
 * the tiers. Allocating and freeing take constant time: a slab with free chunks is at hand, and a
 * handle tells its slab. Not thread-safe.
 */
public final class ObjectCache implements AutoCloseable {
    private static final int KEPT = 1;

    private final int objectBytes;
    private final int slabBytes;
    private final int perSlab;
    private Slab[] slabs = new Slab[8];
    private int slabCount;
    private int[] unused = new int[8];
    private int unusedCount;

    /** By tier: the head of the list of slabs that have a free chunk. */
    private final Slab[] partial = new Slab[2];

    private final int[] emptySlabs = new int[2];
    private final int[] liveSlabs = new int[2];
    private final long[] liveObjects = new long[2];

    /**
     * Makes an empty cache. The library must have been started.
     *
     * @param objectBytes size of an object, at least 1
     * @param slabBytes size of a slab, at least one object
     */
    public ObjectCache(int objectBytes, int slabBytes) {
        if (objectBytes < 1 || slabBytes < objectBytes) {
            throw new IllegalArgumentException(
                    "objects of " + objectBytes + " bytes in slabs of " + slabBytes);
        }
        this.objectBytes = objectBytes;
        this.slabBytes = slabBytes;
        perSlab = slabBytes / objectBytes;
    }

    /**
     * Allocates an object. Its bytes are what its last user left, or zero.
     *
     * @param node the tier: 0 local, 1 remote
     * @return its handle
     * @throws io.emucxl.EmucxlException when a slab is needed and the tier has no room
     */
    public long allocate(int node) {
        Slab slab = partial[Objects.checkIndex(node, 2)];
        if (slab == null) {
            slab = addSlab(node);
        }
        if (slab.references == 0) {
            emptySlabs[node]--;
        }
        int chunk = slab.take();
        if (slab.references == perSlab) {
            unlist(slab);
        }
        liveObjects[node]++;
        return (long) slab.number << 32 | chunk;
    }

    /**
     * Frees an object.
     *
     * @throws IllegalArgumentException when the handle is not one of an object in use
     */
    public void free(long handle) {
        Slab slab = slab(handle);
        if (slab.references == perSlab) {
            list(slab);
        }
        slab.give((int) handle);
        liveObjects[slab.node]--;
        if (slab.references == 0) {
            emptySlabs[slab.node]++;
            if (emptySlabs[slab.node] > KEPT) {
                release(slab);
            }
        }
    }

    /** Where an object is now. It stays there until its slab moves. */
    public long address(long handle) {
        Slab slab = slab(handle);
        return slab.address + (long) (int) handle * objectBytes;
    }

    /** The tier that an object is on. */
    public int node(long handle) {
        return slab(handle).node;
    }

    /**
     * Moves the slab of an object to a tier, and all objects in it.
     *
     * @throws io.emucxl.EmucxlException when the tier has no room; nothing has moved then
     */
    public void migrate(long handle, int node) {
        Slab slab = slab(handle);
        int from = slab.node;
        if (from == Objects.checkIndex(node, 2)) {
            return;
        }
        slab.address = Emucxl.migrate(slab.address, node);
        boolean listed = slab.references < perSlab;
        if (listed) {
            unlist(slab);
        }
        slab.node = node;
        if (listed) {
            list(slab);
        }
        liveSlabs[from]--;
        liveSlabs[node]++;
        liveObjects[from] -= slab.references;
        liveObjects[node] += slab.references;
    }

    /** Gives back the slabs that have no object in use. */
    public void reclaim() {
        for (int i = 0; i < slabCount; i++) {
            if (slabs[i] != null && slabs[i].references == 0) {
                release(slabs[i]);
            }
        }
    }

    /** Objects in use on a tier. */
    public long objects(int node) {
        return liveObjects[node];
    }

    /** Slabs on a tier. */
    public int slabs(int node) {
        return liveSlabs[node];
    }

    /** The share of the memory of a tier's slabs that no object uses, from 0 to 1. */
    public double fragmentation(int node) {
        return liveSlabs[node] == 0
                ? 0
                : 1
                        - (double) liveObjects[node]
                                * objectBytes
                                / ((double) liveSlabs[node] * slabBytes);
    }

    /** Gives all memory back, whatever is in use. */
    @Override
    public void close() {
        for (int i = 0; i < slabCount; i++) {
            if (slabs[i] != null) {
                Emucxl.free(slabs[i].address, slabBytes);
                slabs[i] = null;
            }
        }
        slabCount = 0;
        unusedCount = 0;
        for (int node = 0; node < 2; node++) {
            partial[node] = null;
            emptySlabs[node] = 0;
            liveSlabs[node] = 0;
            liveObjects[node] = 0;
        }
    }

    private Slab slab(long handle) {
        int number = (int) (handle >>> 32);
        int chunk = (int) handle;
        Slab slab = number >= 0 && number < slabCount ? slabs[number] : null;
        if (slab == null || chunk < 0 || chunk >= perSlab || !slab.isTaken(chunk)) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(handle) + " is not the handle of an object in use");
        }
        return slab;
    }

    private Slab addSlab(int node) {
        long address = Emucxl.alloc(slabBytes, node);
        int number;
        if (unusedCount > 0) {
            number = unused[--unusedCount];
        } else {
            if (slabCount == slabs.length) {
                slabs = Arrays.copyOf(slabs, 2 * slabCount);
            }
            number = slabCount++;
        }
        Slab slab = new Slab(number, address, node, perSlab);
        slabs[number] = slab;
        liveSlabs[node]++;
        emptySlabs[node]++;
        list(slab);
        return slab;
    }

    private void release(Slab slab) {
        Emucxl.free(slab.address, slabBytes);
        unlist(slab);
        slabs[slab.number] = null;
        emptySlabs[slab.node]--;
        liveSlabs[slab.node]--;
        if (unusedCount == unused.length) {
            unused = Arrays.copyOf(unused, 2 * unusedCount);
        }
        unused[unusedCount++] = slab.number;
    }

    private void list(Slab slab) {
        Slab head = partial[slab.node];
        slab.next = head;
        slab.previous = null;
        if (head != null) {
            head.previous = slab;
        }
        partial[slab.node] = slab;
    }

    private void unlist(Slab slab) {
        if (slab.previous == null) {
            partial[slab.node] = slab.next;
        } else {
            slab.previous.next = slab.next;
        }
        if (slab.next != null) {
            slab.next.previous = slab.previous;
        }
    }

    /** A block of emucxl memory and the count of the chunks that are in use. */
    private static final class Slab {
        final int number;
        private final BitSet taken;
        private final int[] free;
        long address;
        int node;
        int references;
        Slab next;
        Slab previous;

        Slab(int number, long address, int node, int chunks) {
            this.number = number;
            this.address = address;
            this.node = node;
            taken = new BitSet(chunks);
            free = new int[chunks];
            for (int i = 0; i < chunks; i++) {
                free[i] = chunks - 1 - i;
            }
        }

        int take() {
            int chunk = free[free.length - 1 - references];
            references++;
            taken.set(chunk);
            return chunk;
        }

        void give(int chunk) {
            references--;
            free[free.length - 1 - references] = chunk;
            taken.clear(chunk);
        }

        boolean isTaken(int chunk) {
            return taken.get(chunk);
        }
    }
}
