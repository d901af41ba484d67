package io.emucxl.runtime;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/** The memory of one array in the region space; enqueued when its handle is unreachable. */
final class Block extends PhantomReference<Object> {
    final long address;
    final long bytes;
    final short target;
    final byte stripe;

    /** Neighbours in the list of {@link Blocks}. */
    Block previous;

    Block next;

    /** The next block in the quarantine. */
    Block quarantined;

    Block(
            TieredArray handle,
            ReferenceQueue<Object> queue,
            long address,
            long bytes,
            int target,
            int stripe) {
        super(handle, queue);
        this.address = address;
        this.bytes = bytes;
        this.target = (short) target;
        this.stripe = (byte) stripe;
    }
}
