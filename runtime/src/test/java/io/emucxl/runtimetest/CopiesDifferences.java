package io.emucxl.runtimetest;

import io.emucxl.runtime.Copies;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import java.lang.reflect.Array;
import java.util.Random;

/** Compares {@link Copies#arraycopy} with {@link System#arraycopy} for random arguments. */
final class CopiesDifferences {
    private static final int LONGEST = 40;

    /** Code that C2 compiled throws from a stub, at times without the frame of arraycopy. */
    private static final boolean INTERPRETED =
            System.getProperty("java.vm.info").contains("interpreted");

    private final Random random;
    private final int target = Targets.register("copies", 0, Targets.DEFAULT_TIER);

    CopiesDifferences(Random random) {
        this.random = random;
    }

    public static void main(String[] args) {
        Pool.start(16 << 20, 16 << 20);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("seed " + seed);
        int copies = Integer.parseInt(args[0]);
        int threw = new CopiesDifferences(new Random(seed)).compare(copies);
        System.out.println("threw " + threw);
    }

    /** One of the two arguments: what System.arraycopy gets, and what Copies gets. */
    private record Side(Kinds kind, Object heap, Object ours) {
        /** The elements that our side has now. */
        String elements() {
            if (ours instanceof TieredArray a) {
                return Kinds.exact(kind.heapCopy(a));
            }
            return kind == null ? String.valueOf(ours == null) : Kinds.exact(ours);
        }

        String expected() {
            return kind == null ? String.valueOf(heap == null) : Kinds.exact(heap);
        }
    }

    /** Compares so many copies; returns how many of them threw an exception. */
    int compare(int copies) {
        int threw = 0;
        for (int i = 0; i < copies; i++) {
            Kinds kind = Kinds.ALL.get(random.nextInt(8));
            Side src = side(random.nextInt(20) == 0 ? Kinds.ALL.get(random.nextInt(8)) : kind);
            Side dst = random.nextInt(4) == 0 ? src : side(kind);
            int srcPos = position();
            int dstPos = position();
            int n = random.nextInt(30) == 0 ? position() : random.nextInt(LONGEST / 2);
            String what =
                    src.expected() + " " + srcPos + "\n" + dst.expected() + " " + dstPos + " " + n;
            StackTraceElement[] theirTop = {null};
            StackTraceElement[] ourTop = {null};
            String expected = outcome(src.heap, srcPos, dst.heap, dstPos, n, false, theirTop);
            String actual = outcome(src.ours, srcPos, dst.ours, dstPos, n, true, ourTop);
            same(what, expected, actual);
            if (INTERPRETED) {
                same(what, String.valueOf(theirTop[0]), String.valueOf(ourTop[0]));
            }
            same(what, src.expected(), src.elements());
            same(what, dst.expected(), dst.elements());
            threw += expected.equals("copied") ? 0 : 1;
        }
        return threw;
    }

    private int position() {
        int choice = random.nextInt(40);
        return choice == 0
                ? Integer.MAX_VALUE - random.nextInt(3)
                : choice == 1 ? -1 - random.nextInt(9) : random.nextInt(LONGEST / 2);
    }

    private Side side(Kinds kind) {
        int odd = random.nextInt(60);
        if (odd == 0) {
            return new Side(null, null, null);
        } else if (odd <= 2) {
            Object other = odd == 1 ? "a string" : new Object[random.nextInt(LONGEST)];
            return new Side(null, other, other);
        }
        Object heap = kind.heapArray(random, random.nextInt(LONGEST));
        int form = random.nextInt(4);
        if (form == 0) {
            return new Side(kind, heap, copy(heap));
        }
        return new Side(
                kind, heap, form == 1 ? TieredArray.wrap(copy(heap)) : kind.tiered(heap, target));
    }

    private static Object copy(Object array) {
        Object copy = Array.newInstance(array.getClass().componentType(), Array.getLength(array));
        System.arraycopy(array, 0, copy, 0, Array.getLength(array));
        return copy;
    }

    private static String outcome(
            Object src,
            int srcPos,
            Object dst,
            int dstPos,
            int n,
            boolean ours,
            StackTraceElement[] top) {
        try {
            if (ours) {
                Copies.arraycopy(src, srcPos, dst, dstPos, n);
            } else {
                System.arraycopy(src, srcPos, dst, dstPos, n);
            }
            return "copied";
        } catch (RuntimeException e) {
            top[0] = e.getStackTrace()[0];
            return ArraysDifferences.thrown(e);
        }
    }

    private static void same(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + "\nexpected " + expected + "\nbut was  " + actual);
        }
    }
}
