package io.emucxl.runtime;

import java.lang.ref.ReferenceQueue;
import jdk.internal.misc.Unsafe;

/**
 * All blocks whose memory is not given back yet.
 *
 * <p>A reference that is itself unreachable is never enqueued, so the blocks are kept in lists,
 * linked through themselves: an array costs no object but its handle and its block. There are
 * several lists so that threads which allocate seldom wait for each other.
 */
final class Blocks {
    private static final int STRIPES = 16;
    private static final Block[] HEADS = new Block[STRIPES];
    private static final Object[] LOCKS = new Object[STRIPES];

    /** For each stripe the wishes by target that its blocks are counted with in {@link Claims}. */
    private static final byte[][] WISHES = new byte[STRIPES][0];

    static {
        for (int i = 0; i < STRIPES; i++) {
            LOCKS[i] = new Object();
        }
    }

    private Blocks() {}

    /** Makes the block of a handle and keeps it. */
    static void add(
            TieredArray handle,
            ReferenceQueue<Object> queue,
            long address,
            long bytes,
            int target) {
        int stripe = (int) (address >>> 6 ^ address >>> 16) & (STRIPES - 1);
        Block block = new Block(handle, queue, address, bytes, target, stripe);
        synchronized (LOCKS[stripe]) {
            Block head = HEADS[stripe];
            block.next = head;
            if (head != null) {
                head.previous = block;
            }
            HEADS[stripe] = block;
            count(block, 1);
        }
    }

    /** Counts what the block's target wants; under the lock of its stripe. */
    private static void count(Block block, int by) {
        byte wishes = wishes(WISHES[block.stripe], block.target);
        if (wishes != 0) {
            Claims.count(block, wishes, by);
        }
    }

    private static byte wishes(byte[] byTarget, int target) {
        return target >= 0 && target < byTarget.length ? byTarget[target] : 0;
    }

    /** Puts new wishes of the targets into force, for all blocks that there are. */
    static void wishes(byte[] byTarget) {
        Claims.start();
        for (int i = 0; i < STRIPES; i++) {
            synchronized (LOCKS[i]) {
                byte[] before = WISHES[i];
                for (Block b = HEADS[i]; b != null; b = b.next) {
                    byte had = wishes(before, b.target);
                    byte has = wishes(byTarget, b.target);
                    if (had != has) {
                        Claims.count(b, has, 1);
                        Claims.count(b, had, -1);
                    }
                }
                WISHES[i] = byTarget;
            }
        }
    }

    /** Lets targets that have no blocks yet have wishes: no block is looked at. */
    static void wishesOfNewTargets(byte[] byTarget) {
        Claims.start();
        for (int i = 0; i < STRIPES; i++) {
            synchronized (LOCKS[i]) {
                WISHES[i] = byTarget;
            }
        }
    }

    static void remove(Block block) {
        synchronized (LOCKS[block.stripe]) {
            count(block, -1);
            if (block.previous != null) {
                block.previous.next = block.next;
            } else {
                HEADS[block.stripe] = block.next;
            }
            if (block.next != null) {
                block.next.previous = block.previous;
            }
            block.previous = null;
            block.next = null;
        }
    }

    /** Adds the bytes of all blocks to {@code [target][tier]}. */
    static void count(long[][] bytes) {
        Unsafe u = Unsafe.getUnsafe();
        long nodes = Space.SPACE.nodeTable();
        for (int i = 0; i < STRIPES; i++) {
            synchronized (LOCKS[i]) {
                for (Block b = HEADS[i]; b != null; b = b.next) {
                    if (b.target < 0 || b.target >= bytes.length) {
                        continue;
                    }
                    long end = b.address + b.bytes;
                    long from = b.address;
                    while (from < end) {
                        long region = (from - Space.BASE) >>> Space.SHIFT;
                        long to = Math.min(end, Space.BASE + ((region + 1) << Space.SHIFT));
                        bytes[b.target][u.getByte(nodes + region) & 1] += to - from;
                        from = to;
                    }
                }
            }
        }
    }
}
