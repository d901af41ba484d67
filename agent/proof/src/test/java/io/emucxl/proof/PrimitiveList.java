package io.emucxl.proof;

import java.util.AbstractList;

/** A list of longs of a library as a list of the JDK. */
abstract class PrimitiveList extends AbstractList<Long> {
    abstract int count();

    abstract long at(int index);

    abstract void put(int index, long element);

    abstract void insert(int index, long element);

    abstract void drop(int index);

    private void check(int index, int bound) {
        if (index < 0 || index >= bound) {
            throw new IndexOutOfBoundsException(index);
        }
    }

    @Override
    public int size() {
        return count();
    }

    @Override
    public Long get(int index) {
        check(index, count());
        return at(index);
    }

    @Override
    public Long set(int index, Long element) {
        Long old = get(index);
        put(index, element);
        return old;
    }

    @Override
    public void add(int index, Long element) {
        check(index, count() + 1);
        insert(index, element);
        modCount++;
    }

    @Override
    public Long remove(int index) {
        Long old = get(index);
        drop(index);
        modCount++;
        return old;
    }
}
