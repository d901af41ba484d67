package io.emucxl.queue;

import io.emucxl.Emucxl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Listing 1 of the paper: a linked queue of numbers, each in a node of its own in emucxl memory,
 * all on the tier that was chosen for the queue. Not thread-safe.
 */
public final class NodeQueue implements NumberQueue, AutoCloseable {
    /** As in C: the number, four unused bytes, the address of the next node. */
    static final int NODE_BYTES = 16;

    private static final int NEXT = 8;
    private static final long NULL = 0;

    private final int policy;
    private final ByteBuffer node = ByteBuffer.allocate(NODE_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer link = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    private long front = NULL;
    private long rear = NULL;
    private int count;

    /**
     * An empty queue. The library must have been started.
     *
     * @param policy the tier of its nodes: 0 local, 1 remote
     */
    public NodeQueue(int policy) {
        this.policy = policy;
    }

    /**
     * Adds a number at the rear.
     *
     * @throws io.emucxl.EmucxlException when the tier has no room
     */
    @Override
    public void enqueue(int data) {
        append(Emucxl.alloc(NODE_BYTES, policy), data);
    }

    /** Makes a node, whose memory is there already, the last one. */
    void append(long newNode, int data) {
        node.putInt(0, data).putLong(NEXT, NULL);
        Emucxl.write(node.array(), 0, newNode, 0, NODE_BYTES);
        if (rear == NULL) {
            front = newNode;
        } else {
            link.putLong(0, newNode);
            Emucxl.write(link.array(), 0, rear, NEXT, Long.BYTES);
        }
        rear = newNode;
        count++;
    }

    /**
     * Removes the number at the front.
     *
     * @throws IllegalStateException when the queue is empty
     */
    @Override
    public int dequeue() {
        long oldFront = front;
        int data = unlink();
        Emucxl.free(oldFront, NODE_BYTES);
        return data;
    }

    /** Takes the first node out, and leaves its memory to the caller. */
    int unlink() {
        if (front == NULL) {
            throw new IllegalStateException("the queue is empty");
        }
        Emucxl.read(front, 0, node.array(), 0, NODE_BYTES);
        front = node.getLong(NEXT);
        if (front == NULL) {
            rear = NULL;
        }
        count--;
        return node.getInt(0);
    }

    /** How many numbers it holds. */
    public int size() {
        return count;
    }

    /** Frees all nodes. */
    @Override
    public void close() {
        while (count > 0) {
            dequeue();
        }
    }
}
