package io.emucxl.kv.rule;

/**
 * Decides in which tier each object of a store lives, online: it hears of every operation, and
 * answers by moves. It is called by one thread at a time.
 *
 * <p>{@link #place} is asked before an object comes to be, {@link #added} tells its slot. A rule
 * never keeps a slot after {@link #removed}.
 */
public interface PlacementRule {

    /** The name by which commands and tables call this rule. */
    String name();

    /**
     * Chooses the tier of a new object, and may make room there.
     *
     * @param size what it will take of the tier's capacity
     * @return a tier that has room for it, or -1 when none has
     */
    int place(long size);

    /** An object came into being in the tier that {@link #place} chose. */
    void added(int slot);

    /** An object is being read. The read itself finds it where it was before this call. */
    void accessed(int slot);

    /**
     * An object is about to get a new value. To the rules of the paper that is a new object: they
     * forget the old one.
     *
     * @param slot the object with its old size; unless it grows, its tier's use is already without
     *     it
     * @param size its size to come
     * @return as {@link #place}; {@link #added} follows also when it is -1 and the old value stays
     */
    default int replace(int slot, long size) {
        removed(slot);
        return place(size);
    }

    /** An object ceases to be. */
    void removed(int slot);
}
