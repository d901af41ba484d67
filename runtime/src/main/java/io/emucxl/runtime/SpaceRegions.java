package io.emucxl.runtime;

import io.emucxl.RegionSpace;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;

/** The regions of this process's region space, with the marks of its windows. */
final class SpaceRegions implements Regions {
    private static final Unsafe U = Unsafe.getUnsafe();

    private final RegionSpace space = Space.SPACE;
    private final long nodeTable = space.nodeTable();
    private final long regionBytes = 1L << Space.SHIFT;
    private int count;
    private long movedBytes;
    private long harvested = System.nanoTime();

    @Override
    public long regionBytes() {
        return regionBytes;
    }

    @Override
    public int count() {
        return count;
    }

    private byte entry(int region) {
        return U.getByte(nodeTable + Objects.checkIndex(region, Space.REGIONS));
    }

    @Override
    public int tier(int region) {
        byte entry = entry(region);
        return entry == RegionSpace.UNUSED ? -1 : entry & ~RegionSpace.PINNED;
    }

    @Override
    public boolean pinned(int region) {
        byte entry = entry(region);
        return entry != RegionSpace.UNUSED && (entry & RegionSpace.PINNED) != 0;
    }

    @Override
    public int pin(int region) {
        return Claims.pin(region);
    }

    @Override
    public int priority(int region) {
        return Claims.priority(region);
    }

    @Override
    public boolean claimed() {
        return Claims.any();
    }

    @Override
    public boolean takeNewPins() {
        return Claims.takeNewPins();
    }

    @Override
    public long capacity(int tier) {
        return space.capacity(tier);
    }

    @Override
    public long used(int tier) {
        return space.used(tier);
    }

    @Override
    public void harvest(Touched into) {
        count = space.regionsTouched();
        Marks.harvest(count, into);
        if (Charge.ON) {
            Charge.migrated(movedBytes, System.nanoTime() - harvested);
            movedBytes = 0;
            harvested = System.nanoTime();
        }
    }

    @Override
    public int migrate(int region, int tier) {
        long start = System.nanoTime();
        int errno = space.migrate(region, tier);
        if (Charge.ON && errno == 0) {
            movedBytes += regionBytes;
            long until = start + (long) Charge.moveNanos(regionBytes, tier);
            for (long left = until - System.nanoTime();
                    left > 0;
                    left = until - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
        }
        return errno;
    }
}
