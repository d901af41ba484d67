package io.emucxl.proof;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A set of longs of a library as a set of the JDK. */
abstract class PrimitiveSet extends AbstractSet<Long> {
    abstract int count();

    abstract boolean has(long element);

    abstract boolean include(long element);

    abstract void drop(long element);

    abstract long[] elements();

    @Override
    public int size() {
        return count();
    }

    @Override
    public boolean contains(Object o) {
        return o instanceof Long e && has(e);
    }

    @Override
    public boolean add(Long element) {
        return include(element);
    }

    @Override
    public boolean remove(Object o) {
        boolean there = contains(o);
        if (there) {
            drop((Long) o);
        }
        return there;
    }

    @Override
    public Iterator<Long> iterator() {
        long[] all = elements();
        return new Iterator<>() {
            private int next;
            private boolean removable;

            @Override
            public boolean hasNext() {
                return next < all.length;
            }

            @Override
            public Long next() {
                if (next == all.length) {
                    throw new NoSuchElementException();
                }
                removable = true;
                return all[next++];
            }

            @Override
            public void remove() {
                if (!removable) {
                    throw new IllegalStateException();
                }
                removable = false;
                drop(all[next - 1]);
            }
        };
    }
}
