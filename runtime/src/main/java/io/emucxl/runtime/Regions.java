package io.emucxl.runtime;

/** The regions as the engine sees them. Called by one thread at a time. */
interface Regions {
    /** The size of a region in bytes. */
    long regionBytes();

    /** One more than the largest region number ever in use. */
    int count();

    /** The tier of a region: 0 local, 1 remote, -1 when it is not in use. */
    int tier(int region);

    /** Whether the program itself placed the region, so that it must not be moved. */
    boolean pinned(int region);

    /** The tier where the targets in a region want it to stay, or -1. */
    int pin(int region);

    /** The priority that the targets in a region ask for: 1 high, 0 normal, -1 low. */
    int priority(int region);

    /** Whether any target has a wish, so that {@link #pin} and {@link #priority} may say more. */
    boolean claimed();

    /** Whether regions have got a pin since this was asked last. */
    boolean takeNewPins();

    /** The bytes that regions of a tier may occupy. */
    long capacity(int tier);

    /** The bytes that regions of a tier occupy. */
    long used(int tier);

    /** Adds the regions that were marked since the last call, with their marks, and clears them. */
    void harvest(Touched into);

    /**
     * Moves a region to a tier, in place.
     *
     * @return 0, or the errno that says why it stayed where it was
     */
    int migrate(int region, int tier);
}
