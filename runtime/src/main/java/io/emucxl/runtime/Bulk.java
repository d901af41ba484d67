package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;

/** Operations on ranges of raw memory. The caller keeps the handles alive. */
final class Bulk {
    private static final Unsafe U = Unsafe.getUnsafe();

    /** A piece that stays in the first-level cache while it is copied many times over. */
    private static final long PIECE = 4096;

    private Bulk() {}

    /**
     * Fills a range with a pattern of 8 bytes, of which elements of the kind repeat.
     *
     * @param address start of the range, aligned to {@code 1 << shift}
     * @param bytes its length, a multiple of {@code 1 << shift}
     * @param shift base-2 logarithm of the size of an element
     * @param value the bits of an element, in the low bits
     */
    static void fill(long address, long bytes, int shift, long value) {
        long first = Math.min(bytes, PIECE);
        long end = address + first;
        switch (shift) {
            case 0 -> {
                U.setMemory(address, bytes, (byte) value);
                return;
            }
            case 1 -> {
                for (long p = address; p < end; p += 2) {
                    U.putShort(p, (short) value);
                }
            }
            case 2 -> {
                for (long p = address; p < end; p += 4) {
                    U.putInt(p, (int) value);
                }
            }
            default -> {
                for (long p = address; p < end; p += 8) {
                    U.putLong(p, value);
                }
            }
        }
        for (long done = first; done < bytes; done += PIECE) {
            U.copyMemory(address, address + done, Math.min(PIECE, bytes - done));
        }
    }
}
