package io.emucxl.proof;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** A map of longs to longs of a library as a map of the JDK; neither keys nor values are null. */
abstract class PrimitiveMap extends AbstractMap<Long, Long> {
    abstract int count();

    abstract boolean has(long key);

    abstract long at(long key);

    abstract void set(long key, long value);

    abstract void drop(long key);

    abstract long[] keys();

    @Override
    public int size() {
        return count();
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof Long k && has(k);
    }

    @Override
    public Long get(Object key) {
        return key instanceof Long k && has(k) ? Long.valueOf(at(k)) : null;
    }

    @Override
    public Long put(Long key, Long value) {
        long v = value;
        Long old = get(key);
        set(key, v);
        return old;
    }

    @Override
    public Long remove(Object key) {
        Long old = get(key);
        if (old != null) {
            drop((Long) key);
        }
        return old;
    }

    @Override
    public Set<Map.Entry<Long, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return count();
            }

            @Override
            public Iterator<Map.Entry<Long, Long>> iterator() {
                return new Entries(keys());
            }
        };
    }

    /** Goes through the keys of the time when it was made. */
    private final class Entries implements Iterator<Map.Entry<Long, Long>> {
        private final long[] keys;
        private int next;
        private boolean removable;

        Entries(long[] keys) {
            this.keys = keys;
        }

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<Long, Long> next() {
            if (next == keys.length) {
                throw new java.util.NoSuchElementException();
            }
            long key = keys[next++];
            removable = true;
            return new SimpleEntry<>(key, at(key)) {
                @Override
                public Long setValue(Long value) {
                    set(key, value);
                    return super.setValue(value);
                }
            };
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException();
            }
            removable = false;
            drop(keys[next - 1]);
        }
    }
}
