package io.emucxl;

import java.util.Locale;

/** Where the pages of the two tiers come from. */
public enum Backend {
    /** The first of the others that this machine has. */
    AUTO(0),
    /** {@code /dev/emucxl}, the kernel module. */
    DEVICE(1),
    /** Two NUMA nodes with memory. */
    NUMA(2),
    /** One node and two budgets: what remote access costs is modelled. */
    EMULATED(3);

    /** The number in {@code emucxl_ext.h}. */
    final int number;

    Backend(int number) {
        this.number = number;
    }

    /** The backend with this number. */
    static Backend of(int number) {
        return switch (number) {
            case 0 -> AUTO;
            case 1 -> DEVICE;
            case 2 -> NUMA;
            case 3 -> EMULATED;
            default -> throw new IllegalArgumentException("no backend has the number " + number);
        };
    }

    /** The name in the policy file and in {@code EMUCXL_BACKEND}, such as {@code numa}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
