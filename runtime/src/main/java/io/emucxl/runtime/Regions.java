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
