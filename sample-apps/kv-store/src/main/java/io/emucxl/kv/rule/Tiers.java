package io.emucxl.kv.rule;

/**
 * The two tiers as a placement rule sees them. An object is a slot number; sizes, capacities and
 * usage are in the unit of the store's capacity, objects or bytes.
 */
public interface Tiers {
    /** The tier of local memory. */
    int LOCAL = 0;

    /** The tier of remote memory. */
    int REMOTE = 1;

    /** The tier that holds this object now. */
    int node(int slot);

    /** What this object takes of its tier's capacity. */
    long size(int slot);

    /** What the objects of this tier may take together. */
    long capacity(int node);

    /** What the objects of this tier take together. */
    long used(int node);

    /**
     * Moves an object to the other tier.
     *
     * @return false when that tier has no room for it; then the object stays where it is
     */
    boolean move(int slot, int node);

    /**
     * Brings a remote object to local memory and demotes a local one, as one step: it needs no more
     * room than both take already when they are alike in size.
     *
     * @param promoted a remote object
     * @param demoted a local object
     * @return false when a tier has no room for what it would receive; then both stay
     */
    boolean exchange(int promoted, int demoted);

    /** Whether so much more fits into this tier. */
    default boolean hasRoom(int node, long size) {
        return size <= capacity(node) - used(node);
    }
}
