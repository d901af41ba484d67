import java.lang.reflect.Field;
import java.util.Arrays;
import sun.misc.Unsafe;

/** Arrays whose elements are reached by Unsafe. */
public class UnsafeProgram {
    static final Unsafe UNSAFE = unsafe();
    static final long LONGS = UNSAFE.arrayBaseOffset(long[].class);
    static final long BYTES = UNSAFE.arrayBaseOffset(byte[].class);

    private static Unsafe unsafe() {
        try {
            Field f = Unsafe.class.getDeclaredField("theUnsafe");
            f.setAccessible(true);
            return (Unsafe) f.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Does no more than call Unsafe. */
    static boolean swap(Object o, long offset, long expected, long value) {
        return UNSAFE.compareAndSwapLong(o, offset, expected, value);
    }

    /** Does more. */
    static long seen(Object o, long offset) {
        last = o;
        return UNSAFE.getLong(o, offset);
    }

    static Object last;

    /** A ring of sequence numbers, as lock-free queues have it. */
    static class Ring {
        private final long[] sequences;

        Ring(int n) {
            sequences = new long[n];
            for (int i = 0; i < n; i++) {
                UNSAFE.putLongVolatile(sequences, LONGS + 8L * i, i);
            }
        }

        public Ring(long[] given) {
            sequences = given;
        }

        long claim(int i) {
            long[] s = sequences;
            long at = LONGS + ((long) i << 3);
            long was;
            do {
                was = UNSAFE.getLongVolatile(s, at);
            } while (!swap(s, at, was, was + s.length));
            UNSAFE.putOrderedLong(s, at, was + 1);
            return was + UNSAFE.getAndAddLong(sequences, at, 10);
        }
    }

    /** Wider than the elements, and not aligned. */
    private final byte[] bytes = new byte[24];

    private final int[] none = null;

    /** Reached by a method of which more is not known than that it takes an object. */
    private final long[] watched = {4, 5};

    private final float[] stored = {1, 2};
    private final Object[] holder = new Object[1];

    static long through(Ring r, int i) {
        return r.claim(i) + r.sequences[i];
    }

    public static void main(String[] args) {
        Ring r = new Ring(4);
        System.out.println(through(r, 2) + " " + through(r, 2) + Arrays.toString(r.sequences));
        long[] given = {7, 8};
        Ring g = new Ring(given);
        given[1] = 80;
        System.out.println(through(g, 1) + " " + given[1] + " " + swap(given, LONGS, 7, 70));
        System.out.println(g.sequences[0] + " " + swap(g.sequences, LONGS, 7, 1));

        UnsafeProgram p = new UnsafeProgram();
        UNSAFE.putLong(p.bytes, BYTES + 3, 0x0102030405060708L);
        UNSAFE.putInt(p.bytes, BYTES + 13, -2);
        UNSAFE.putDouble(p.bytes, BYTES + 16, 1.5);
        System.out.println(Arrays.toString(p.bytes) + UNSAFE.getShort(p.bytes, BYTES + 4));
        System.out.println(
                UNSAFE.getDouble(p.bytes, BYTES + 16) + UNSAFE.getByte(p.bytes, BYTES + 3));

        long memory = UNSAFE.allocateMemory(8);
        UNSAFE.putInt(p.none, memory, 77);
        System.out.println(UNSAFE.getInt(p.none, memory) + " " + UNSAFE.getInt(memory));
        UNSAFE.freeMemory(memory);

        System.out.println(seen(p.watched, LONGS + 8) + " " + (last == p.watched));
        UNSAFE.putObject(p.holder, UNSAFE.arrayBaseOffset(Object[].class), p.stored);
        System.out.println(p.holder[0] == p.stored);
    }
}
