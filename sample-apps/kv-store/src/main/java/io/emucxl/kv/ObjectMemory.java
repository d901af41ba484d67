package io.emucxl.kv;

import io.emucxl.Emucxl;
import io.emucxl.EmucxlException;
import io.emucxl.kv.rule.Tiers;
import java.util.Arrays;

/**
 * The objects of a store by slot number: key and value of each in one block of emucxl memory, what
 * is known about it in arrays.
 */
final class ObjectMemory implements Tiers {
    private static final int GRAIN = 16;
    private static final byte FREE = -1;

    private final Capacity capacity;
    private final long[] used = new long[2];
    private final long[] objects = new long[2];
    private final long[] bytes = new long[2];
    private long promotions;
    private long demotions;

    private long[] addresses = new long[0];
    private int[] keyLengths = new int[0];
    private int[] valueLengths = new int[0];
    private byte[] nodes = new byte[0];

    /** One more than the highest slot ever in use. */
    private int slots;

    /** A free slot, or -1; the next one is in keyLengths. */
    private int free = -1;

    ObjectMemory(Capacity capacity) {
        this.capacity = capacity;
    }

    /** The bytes of a block for this key and value. */
    static long blockSize(int keyLength, int valueLength) {
        long length = (long) keyLength + valueLength;
        return Math.max(GRAIN, length + GRAIN - 1 & -GRAIN);
    }

    /** What an object with such a block takes of a capacity. */
    long cost(long blockSize) {
        return capacity.unit() == Capacity.Unit.OBJECTS ? 1 : blockSize;
    }

    /**
     * Makes an object.
     *
     * @return its slot
     * @throws EmucxlException when the node has no memory; nothing has changed then
     */
    int create(byte[] key, byte[] value, int node) {
        ensureSlot();
        long address = write(key, value, node);
        int slot = free;
        if (slot < 0) {
            slot = slots++;
        } else {
            free = keyLengths[slot];
        }
        fill(slot, address, key, value, node);
        return slot;
    }

    /**
     * Gives an object a new value in a new block.
     *
     * @throws EmucxlException when the node has no memory; nothing has changed then
     */
    void rewrite(int slot, byte[] key, byte[] value, int node) {
        long address = write(key, value, node);
        release(slot);
        fill(slot, address, key, value, node);
    }

    /** Gives an object a value that its block has room for. */
    void overwrite(int slot, byte[] value) {
        Emucxl.write(value, 0, addresses[slot], keyLengths[slot], value.length);
        valueLengths[slot] = value.length;
    }

    void remove(int slot) {
        release(slot);
        nodes[slot] = FREE;
        keyLengths[slot] = free;
        free = slot;
    }

    /** Copies key and value to {@code into}, which has room for both. */
    void read(int slot, byte[] into) {
        int length = keyLengths[slot] + valueLengths[slot];
        if (length > 0) {
            Emucxl.read(addresses[slot], 0, into, 0, length);
        }
    }

    void readKey(int slot, byte[] into) {
        if (keyLengths[slot] > 0) {
            Emucxl.read(addresses[slot], 0, into, 0, keyLengths[slot]);
        }
    }

    void readValue(int slot, byte[] into) {
        if (valueLengths[slot] > 0) {
            Emucxl.read(addresses[slot], keyLengths[slot], into, 0, valueLengths[slot]);
        }
    }

    int keyLength(int slot) {
        return keyLengths[slot];
    }

    int valueLength(int slot) {
        return valueLengths[slot];
    }

    /** One more than the highest slot number ever in use. */
    int slots() {
        return slots;
    }

    boolean exists(int slot) {
        return nodes[slot] != FREE;
    }

    /** The bytes of an object's block. */
    long block(int slot) {
        return blockSize(keyLengths[slot], valueLengths[slot]);
    }

    /** Counts an object with such a block in for a tier (sign 1), or out (-1). */
    void account(int node, long block, int sign) {
        used[node] += sign * cost(block);
        objects[node] += sign;
        bytes[node] += sign * block;
    }

    long objects(int node) {
        return objects[node];
    }

    long bytes(int node) {
        return bytes[node];
    }

    long promotions() {
        return promotions;
    }

    long demotions() {
        return demotions;
    }

    @Override
    public int node(int slot) {
        return nodes[slot];
    }

    @Override
    public long size(int slot) {
        return cost(block(slot));
    }

    @Override
    public long capacity(int node) {
        return node == LOCAL ? capacity.local() : capacity.remote();
    }

    @Override
    public long used(int node) {
        return used[node];
    }

    @Override
    public boolean move(int slot, int node) {
        if (!hasRoom(node, size(slot))) {
            return false;
        }
        try {
            long address = Emucxl.migrate(addresses[slot], node);
            moved(slot, address, node);
            return true;
        } catch (EmucxlException e) {
            return refused(e);
        }
    }

    @Override
    public boolean exchange(int promoted, int demoted) {
        long difference = size(promoted) - size(demoted);
        if (!hasRoom(LOCAL, difference) || !hasRoom(REMOTE, -difference)) {
            return false;
        }
        // The promoted object's new block first: when the other tier is out of memory, nothing has
        // moved yet.
        long block = block(promoted);
        long address = 0;
        try {
            address = Emucxl.alloc(block, LOCAL);
            long other = Emucxl.migrate(addresses[demoted], REMOTE);
            moved(demoted, other, REMOTE);
        } catch (EmucxlException e) {
            if (address != 0) {
                Emucxl.free(address, block);
            }
            return refused(e);
        }
        Emucxl.memcpy(address, addresses[promoted], block);
        Emucxl.free(addresses[promoted], block);
        moved(promoted, address, LOCAL);
        return true;
    }

    private static boolean refused(EmucxlException e) {
        if (!e.errnoName().equals("ENOMEM")) {
            throw e;
        }
        return false;
    }

    private void moved(int slot, long address, int node) {
        account(nodes[slot], block(slot), -1);
        addresses[slot] = address;
        nodes[slot] = (byte) node;
        account(node, block(slot), 1);
        if (node == LOCAL) {
            promotions++;
        } else {
            demotions++;
        }
    }

    private static long write(byte[] key, byte[] value, int node) {
        long address = Emucxl.alloc(blockSize(key.length, value.length), node);
        if (key.length > 0) {
            Emucxl.write(key, 0, address, 0, key.length);
        }
        if (value.length > 0) {
            Emucxl.write(value, 0, address, key.length, value.length);
        }
        return address;
    }

    private void fill(int slot, long address, byte[] key, byte[] value, int node) {
        addresses[slot] = address;
        keyLengths[slot] = key.length;
        valueLengths[slot] = value.length;
        nodes[slot] = (byte) node;
    }

    private void release(int slot) {
        Emucxl.free(addresses[slot], block(slot));
    }

    private void ensureSlot() {
        if (free < 0 && slots == addresses.length) {
            int grown = slots + (slots >> 1) + 16;
            addresses = Arrays.copyOf(addresses, grown);
            keyLengths = Arrays.copyOf(keyLengths, grown);
            valueLengths = Arrays.copyOf(valueLengths, grown);
            nodes = Arrays.copyOf(nodes, grown);
            Arrays.fill(nodes, slots, grown, FREE);
        }
    }
}
