package io.emucxl.kv;

/**
 * What the objects of a store may take.
 *
 * @param unit in which it is counted
 * @param local at most in local memory; may be 0
 * @param remote at most in remote memory; may be 0
 */
public record Capacity(Unit unit, long local, long remote) {

    /** What is counted. */
    public enum Unit {
        /** Objects, whatever their size. */
        OBJECTS,
        /** The bytes of key and value of an object together, rounded up to 16. */
        BYTES
    }

    /** Checks that no capacity is negative. */
    public Capacity {
        if (local < 0 || remote < 0) {
            throw new IllegalArgumentException(
                    "a capacity is negative: local " + local + ", remote " + remote);
        }
    }

    /** So many objects. */
    public static Capacity objects(long local, long remote) {
        return new Capacity(Unit.OBJECTS, local, remote);
    }

    /** So many bytes. */
    public static Capacity bytes(long local, long remote) {
        return new Capacity(Unit.BYTES, local, remote);
    }
}
