package io.emucxl.proof;

import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongLongHashMap;

/** The collections of HPPC and Eclipse, which are not of the JDK's types. */
final class Adapters {
    private Adapters() {}

    static PrimitiveMap hppcMap() {
        LongLongHashMap map = new LongLongHashMap();
        return new PrimitiveMap() {
            @Override
            int count() {
                return map.size();
            }

            @Override
            boolean has(long key) {
                return map.containsKey(key);
            }

            @Override
            long at(long key) {
                return map.get(key);
            }

            @Override
            void set(long key, long value) {
                map.put(key, value);
            }

            @Override
            void drop(long key) {
                map.remove(key);
            }

            @Override
            long[] keys() {
                return map.keys().toArray();
            }
        };
    }

    static PrimitiveSet hppcSet() {
        LongHashSet set = new LongHashSet();
        return new PrimitiveSet() {
            @Override
            int count() {
                return set.size();
            }

            @Override
            boolean has(long element) {
                return set.contains(element);
            }

            @Override
            boolean include(long element) {
                return set.add(element);
            }

            @Override
            void drop(long element) {
                set.remove(element);
            }

            @Override
            long[] elements() {
                return set.toArray();
            }
        };
    }

    static PrimitiveList hppcList() {
        LongArrayList list = new LongArrayList();
        return new PrimitiveList() {
            @Override
            int count() {
                return list.size();
            }

            @Override
            long at(int index) {
                return list.get(index);
            }

            @Override
            void put(int index, long element) {
                list.set(index, element);
            }

            @Override
            void insert(int index, long element) {
                list.insert(index, element);
            }

            @Override
            void drop(int index) {
                list.removeAt(index);
            }
        };
    }

    static PrimitiveMap eclipseMap() {
        var map = new org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap();
        return new PrimitiveMap() {
            @Override
            int count() {
                return map.size();
            }

            @Override
            boolean has(long key) {
                return map.containsKey(key);
            }

            @Override
            long at(long key) {
                return map.get(key);
            }

            @Override
            void set(long key, long value) {
                map.put(key, value);
            }

            @Override
            void drop(long key) {
                map.remove(key);
            }

            @Override
            long[] keys() {
                return map.keySet().toArray();
            }
        };
    }

    static PrimitiveSet eclipseSet() {
        var set = new org.eclipse.collections.impl.set.mutable.primitive.LongHashSet();
        return new PrimitiveSet() {
            @Override
            int count() {
                return set.size();
            }

            @Override
            boolean has(long element) {
                return set.contains(element);
            }

            @Override
            boolean include(long element) {
                return set.add(element);
            }

            @Override
            void drop(long element) {
                set.remove(element);
            }

            @Override
            long[] elements() {
                return set.toArray();
            }
        };
    }

    static PrimitiveList eclipseList() {
        var list = new org.eclipse.collections.impl.list.mutable.primitive.LongArrayList();
        return new PrimitiveList() {
            @Override
            int count() {
                return list.size();
            }

            @Override
            long at(int index) {
                return list.get(index);
            }

            @Override
            void put(int index, long element) {
                list.set(index, element);
            }

            @Override
            void insert(int index, long element) {
                list.addAtIndex(index, element);
            }

            @Override
            void drop(int index) {
                list.removeAtIndex(index);
            }
        };
    }
}
