package io.emucxl;

/**
 * The address range in which regions of memory live on two tiers, 0 local and 1 remote, for a
 * managed runtime: blocks in movable regions, and the migration of regions in place. A process has
 * one, which the explicit API shares.
 *
 * <p>Thread-safe. After {@link #close()} the object must not be used.
 */
public final class RegionSpace implements AutoCloseable {

    /** In {@link #nodeTable()}: the region is not in use. */
    public static final byte UNUSED = -1;

    /** In {@link #nodeTable()}: the region must not be moved. */
    public static final byte PINNED = 0x40;

    private final Backend backend;
    private final long base;
    private final int regionShift;
    private final int regions;
    private final long nodeTable;

    private RegionSpace() {
        backend = Backend.of(Libemucxl.backend());
        base = Libemucxl.base();
        regionShift = Libemucxl.regionShift();
        regions = Libemucxl.regions();
        nodeTable = Libemucxl.nodeTable();
    }

    /**
     * Loads the library, which {@link #start} does too: for who has something else to do meanwhile.
     *
     * @throws EmucxlException ELIBACC when that is not possible; start tries again
     */
    public static void load() {
        Libemucxl.load();
    }

    /**
     * Starts the space, or joins the one that runs already; then its own settings stay.
     *
     * @throws EmucxlException EINVAL for settings that cannot be; ENODEV when the machine does not
     *     have the backend or node; ENOMEM when the addresses cannot be reserved; ELIBACC when the
     *     library cannot be loaded
     */
    public static RegionSpace start(SpaceConfig config) {
        Emucxl.init(config);
        return new RegionSpace();
    }

    /** Leaves the space; when nobody is left in it, every block is freed. */
    @Override
    public void close() {
        Emucxl.exit();
    }

    /**
     * Asks the system for huge pages in regions that get their memory from now on (madvise(2),
     * MADV_HUGEPAGE): the first touch of a region takes longer, and later ones need no walk through
     * page tables.
     *
     * @return whether the system knows them; that does not say that it gives any
     */
    public boolean adviseHugePages() {
        return Libemucxl.adviseHugePages() == 0;
    }

    /** The backend in use. */
    public Backend backend() {
        return backend;
    }

    /** The machine's node that a tier is mapped to. */
    public int osNode(int tier) {
        return Libemucxl.osNode(checkTier(tier));
    }

    /** The first address of the range. */
    public long base() {
        return base;
    }

    /** The region of an address is {@code (address - base()) >>> regionShift()}. */
    public int regionShift() {
        return regionShift;
    }

    /** The number of regions in the range. */
    public int regions() {
        return regions;
    }

    /** One more than the highest region number that was ever in use. Low numbers are used first. */
    public int regionsTouched() {
        return Libemucxl.regionsTouched();
    }

    /**
     * The address of one signed byte a region: {@link #UNUSED}, or the tier, with the bit {@link
     * #PINNED} when the region must not be moved. The library keeps it up to date.
     */
    public long nodeTable() {
        return nodeTable;
    }

    /**
     * Allocates a movable block of zeros, aligned to 16 bytes, and to 64 from 64 bytes on.
     *
     * @return its address, or 0 when the tier has no room
     * @throws EmucxlException EINVAL when bytes is not positive, or there is no such tier
     */
    public long allocate(long bytes, int tier) {
        long address = Libemucxl.tierAlloc(bytes, tier);
        if (address > 0) {
            return address;
        }
        if (address == -EmucxlException.ENOMEM) {
            return 0;
        }
        throw Libemucxl.failure(address, tier, bytes);
    }

    /**
     * Frees a block of {@link #allocate}.
     *
     * @throws EmucxlException EINVAL when the address is not the start of such a block
     */
    public void free(long address) {
        int error = Libemucxl.tierFree(address);
        if (error != 0) {
            throw Libemucxl.failure(error, -1, -1);
        }
    }

    /**
     * Moves a region to a tier; its addresses stay, and may be read and written meanwhile.
     *
     * @return 0, or an error number: ENOMEM no room there; EBUSY its pages cannot be moved now;
     *     EINVAL it is pinned or not in use, or there is no such region or tier
     */
    public int migrate(int region, int tier) {
        return Libemucxl.regionMigrate(region, tier);
    }

    /** The bytes that the regions on a tier may take. */
    public long capacity(int tier) {
        return Libemucxl.capacity(checkTier(tier));
    }

    /**
     * Sets the capacity of a tier, rounded down to whole regions. Nothing is taken away from what
     * is in use.
     *
     * @throws EmucxlException EINVAL when it is less than a region, or more than the range
     */
    public void setCapacity(int tier, long bytes) {
        int error = Libemucxl.setCapacity(checkTier(tier), bytes);
        if (error != 0) {
            throw Libemucxl.failure(error, tier, bytes);
        }
    }

    /** The bytes that the regions on a tier take, those with little in them included. */
    public long used(int tier) {
        return Libemucxl.used(checkTier(tier));
    }

    /** The sum of the sizes of the live blocks on a tier, as they were asked for. */
    public long stats(int tier) {
        return Libemucxl.stats(checkTier(tier));
    }

    /**
     * Gives what the caches of threads hold back, and regions that are empty then to the system.
     */
    public void trim() {
        Libemucxl.trim();
    }

    private static int checkTier(int tier) {
        if (tier != 0 && tier != 1) {
            throw new EmucxlException(
                    EmucxlException.EINVAL,
                    "there is no tier " + tier + ": 0 is local, 1 is remote",
                    tier,
                    -1);
        }
        return tier;
    }
}
