package io.emucxl.kv;

import io.emucxl.Emucxl;
import io.emucxl.EmucxlException;
import io.emucxl.kv.rule.PlacementRule;
import io.emucxl.kv.rule.Rules;
import io.emucxl.kv.rule.Tiers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Map from byte strings to byte strings whose objects live in emucxl memory, each on the tier that
 * a placement rule chooses for it. What a method returns is a copy: nothing that the store does
 * later changes it.
 *
 * <p>Thread-safe. All methods synchronize on the store itself, so several calls are made one step
 * by {@code synchronized (store) {...}}.
 */
public final class KeyValueStore implements AutoCloseable {
    /** Up to this size key and value are read together. */
    private static final int READ_AT_ONCE = 4096;

    private final InstantSource clock;
    private final SipHash hash;
    private final KeyIndex index = new KeyIndex();
    private final ObjectMemory memory;
    private final Expiries expiries = new Expiries();
    private final PlacementRule rule;
    private final byte[] scratch = new byte[READ_AT_ONCE];

    /** Of the key that was looked for last. */
    private int hashed;

    private int hand;
    private long localGets;
    private long remoteGets;
    private long missedGets;
    private long expired;
    private boolean closed;

    /**
     * Makes an empty store. It starts the emucxl library, or joins it when it runs already.
     *
     * @param capacity what its objects may take in each tier; the library's own capacities should
     *     be larger than these by the largest object, which exists twice while it moves
     * @param rule the name of a placement rule, see {@link Rules#names()}
     * @throws IllegalArgumentException when there is no such rule
     * @throws EmucxlException when the library cannot be started
     */
    public KeyValueStore(Capacity capacity, String rule) {
        this(capacity, rule, InstantSource.system());
    }

    KeyValueStore(Capacity capacity, String rule, InstantSource clock) {
        this.clock = clock;
        memory = new ObjectMemory(capacity);
        this.rule = Rules.create(rule, memory);
        SecureRandom random = new SecureRandom();
        hash = new SipHash(random.nextLong(), random.nextLong());
        Emucxl.init();
    }

    /**
     * The value of a key.
     *
     * @return a copy of it, or null when the store does not have the key
     */
    public synchronized byte[] get(byte[] key) {
        int place = find(key, true);
        if (place < 0) {
            missedGets++;
            return null;
        }
        int slot = index.slot(place);
        int keyLength = key.length;
        int valueLength = memory.valueLength(slot);
        byte[] value;
        if (keyLength + (long) valueLength <= READ_AT_ONCE) {
            value = Arrays.copyOfRange(scratch, keyLength, keyLength + valueLength);
        } else {
            value = new byte[valueLength];
            memory.readValue(slot, value);
        }
        if (memory.node(slot) == Tiers.LOCAL) {
            localGets++;
        } else {
            remoteGets++;
        }
        rule.accessed(slot);
        return value;
    }

    /**
     * Gives a key a value that does not expire.
     *
     * @throws StoreFullException when the object fits into neither tier
     */
    public void put(byte[] key, byte[] value) {
        put(key, value, 0);
    }

    /**
     * Gives a key a value.
     *
     * @param key any bytes
     * @param value any bytes
     * @param expiry when it expires in milliseconds since 1970, or 0 for never
     * @throws StoreFullException when the object fits into neither tier
     */
    public synchronized void put(byte[] key, byte[] value, long expiry) {
        int place = find(key);
        int slot;
        if (place < 0) {
            slot = create(key, value);
        } else {
            slot = index.slot(place);
            replace(slot, key, value);
        }
        expiries.set(slot, expiry);
    }

    /**
     * Removes a key and its value.
     *
     * @return whether there was one
     */
    public synchronized boolean delete(byte[] key) {
        int place = find(key);
        if (place < 0) {
            return false;
        }
        remove(place);
        return true;
    }

    /** Whether the store has a key. It does not count as an access. */
    public synchronized boolean contains(byte[] key) {
        return find(key) >= 0;
    }

    /** The length of a key's value, or -1 when the store does not have the key. */
    public synchronized int valueLength(byte[] key) {
        int place = find(key);
        return place < 0 ? -1 : memory.valueLength(index.slot(place));
    }

    /** When a key expires in milliseconds since 1970; 0 for never, -1 when there is no such key. */
    public synchronized long expiry(byte[] key) {
        int place = find(key);
        return place < 0 ? -1 : expiries.get(index.slot(place));
    }

    /**
     * Sets when a key expires.
     *
     * @param key any bytes
     * @param expiry in milliseconds since 1970, or 0 for never
     * @return whether the store has the key
     */
    public synchronized boolean expireAt(byte[] key, long expiry) {
        int place = find(key);
        if (place < 0) {
            return false;
        }
        expiries.set(index.slot(place), expiry);
        return true;
    }

    /** How many keys the store has. Keys that have expired unnoticed count. */
    public synchronized int size() {
        return (int) (memory.objects(Tiers.LOCAL) + memory.objects(Tiers.REMOTE));
    }

    /** Removes all keys. */
    public synchronized void clear() {
        index.clear();
        expiries.clear();
        for (int slot = 0; slot < memory.slots(); slot++) {
            if (memory.exists(slot)) {
                memory.account(memory.node(slot), memory.block(slot), -1);
                rule.removed(slot);
                memory.remove(slot);
            }
        }
    }

    /**
     * Visits keys. A key that is there from the first call to the last is visited exactly once.
     *
     * @param cursor 0, or what the call before returned
     * @param count how many slots to look at
     * @param visitor takes the keys
     * @return where to go on, or 0 at the end
     */
    public synchronized int scan(int cursor, int count, Consumer<byte[]> visitor) {
        int end = (int) Math.min(memory.slots(), cursor + (long) count);
        long now = clock.millis();
        for (int slot = Math.max(0, cursor); slot < end; slot++) {
            if (memory.exists(slot) && !isExpired(slot, now)) {
                byte[] key = new byte[memory.keyLength(slot)];
                memory.readKey(slot, key);
                visitor.accept(key);
            }
        }
        return end >= memory.slots() ? 0 : end;
    }

    /**
     * Deletes what has expired among some of the slots, going on where the last call ended.
     *
     * @param count how many slots to look at
     * @return how many objects were deleted
     */
    public synchronized int expireSome(int count) {
        if (expiries.count() == 0) {
            return 0;
        }
        long now = clock.millis();
        int deleted = 0;
        for (int i = Math.min(count, memory.slots()); i > 0; i--) {
            if (hand >= memory.slots()) {
                hand = 0;
            }
            if (memory.exists(hand) && isExpired(hand, now)) {
                byte[] key = new byte[memory.keyLength(hand)];
                memory.readKey(hand, key);
                // To look it up is to delete it.
                find(key);
                deleted++;
            }
            hand++;
        }
        return deleted;
    }

    /** The name of the placement rule. */
    public String rule() {
        return rule.name();
    }

    /** What the store holds and did. */
    public synchronized Statistics statistics() {
        return new Statistics(
                memory.objects(Tiers.LOCAL),
                memory.objects(Tiers.REMOTE),
                memory.bytes(Tiers.LOCAL),
                memory.bytes(Tiers.REMOTE),
                localGets,
                remoteGets,
                missedGets,
                memory.promotions(),
                memory.demotions(),
                expired);
    }

    /** Frees all memory of the store. */
    @Override
    public synchronized void close() {
        if (!closed) {
            clear();
            closed = true;
            Emucxl.exit();
        }
    }

    private int find(byte[] key) {
        return find(key, false);
    }

    /**
     * The place of a key in the index, or -1. Its hash stays in {@link #hashed}.
     *
     * @param key any bytes
     * @param withValue whether key and value are to be in the scratch array afterwards when both
     *     fit: what is read at once is read faster
     */
    private int find(byte[] key, boolean withValue) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        hashed = (int) hash.hash(key);
        int place = index.first(hashed);
        for (int slot; (slot = index.slot(place)) >= 0; place = index.next(place)) {
            if (index.hash(place) == hashed
                    && memory.keyLength(slot) == key.length
                    && isKey(slot, key, withValue)) {
                if (isExpired(slot, clock)) {
                    remove(place);
                    expired++;
                    return -1;
                }
                return place;
            }
        }
        return -1;
    }

    private boolean isKey(int slot, byte[] key, boolean withValue) {
        long length = (long) key.length + memory.valueLength(slot);
        if (withValue && length <= READ_AT_ONCE) {
            memory.read(slot, scratch);
            return Arrays.equals(scratch, 0, key.length, key, 0, key.length);
        }
        byte[] there = key.length <= READ_AT_ONCE ? scratch : new byte[key.length];
        memory.readKey(slot, there);
        return Arrays.equals(there, 0, key.length, key, 0, key.length);
    }

    private boolean isExpired(int slot, InstantSource now) {
        return expiries.get(slot) != 0 && isExpired(slot, now.millis());
    }

    private boolean isExpired(int slot, long now) {
        long expiry = expiries.get(slot);
        return expiry != 0 && expiry <= now;
    }

    private int create(byte[] key, byte[] value) {
        long block = ObjectMemory.blockSize(key.length, value.length);
        int node = rule.place(memory.cost(block));
        if (node < 0) {
            throw full(block, null);
        }
        int slot;
        try {
            slot = memory.create(key, value, node);
        } catch (EmucxlException e) {
            throw full(block, e);
        }
        memory.account(node, block, 1);
        rule.added(slot);
        index.add(hashed, slot);
        return slot;
    }

    private void replace(int slot, byte[] key, byte[] value) {
        long oldBlock = memory.block(slot);
        long block = ObjectMemory.blockSize(key.length, value.length);
        int oldNode = memory.node(slot);
        // An object that does not grow may use the room that it has. For one that grows both must
        // fit for a moment: then the old one can stay when there is no room.
        boolean grows = memory.cost(block) > memory.cost(oldBlock);
        if (!grows) {
            memory.account(oldNode, oldBlock, -1);
        }
        int node = rule.replace(slot, memory.cost(block));
        boolean done = false;
        try {
            if (node < 0) {
                throw full(block, null);
            }
            if (block == oldBlock && node == oldNode) {
                memory.overwrite(slot, value);
            } else {
                memory.rewrite(slot, key, value, node);
            }
            done = true;
        } catch (EmucxlException e) {
            throw full(block, e);
        } finally {
            if (done && grows) {
                memory.account(oldNode, oldBlock, -1);
            }
            if (done || !grows) {
                memory.account(memory.node(slot), memory.block(slot), 1);
            }
            rule.added(slot);
        }
    }

    private void remove(int place) {
        int slot = index.slot(place);
        memory.account(memory.node(slot), memory.block(slot), -1);
        rule.removed(slot);
        expiries.set(slot, 0);
        memory.remove(slot);
        index.remove(place);
    }

    private static RuntimeException full(long block, EmucxlException cause) {
        if (cause != null && !cause.errnoName().equals("ENOMEM")) {
            return cause;
        }
        return new StoreFullException(
                "no tier has room for an object of " + block + " bytes", cause);
    }
}
