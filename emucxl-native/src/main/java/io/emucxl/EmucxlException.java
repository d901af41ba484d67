package io.emucxl;

/**
 * An emucxl operation that failed, with the error number of the system and what it was asked for.
 */
public final class EmucxlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int ENOMEM = 12;
    static final int EFAULT = 14;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ELIBACC = 79;

    /** The error number. */
    private final int errno;

    /** The node that the operation named, or -1. */
    private final int node;

    /** The size in bytes that the operation named, or -1. */
    private final long size;

    EmucxlException(int errno, String text, int node, long size) {
        this(errno, text, node, size, null);
    }

    EmucxlException(int errno, String text, int node, long size, Throwable cause) {
        super(nameOf(errno) + ": " + text, cause);
        this.errno = errno;
        this.node = node;
        this.size = size;
    }

    /** The error number of Linux, such as 12. */
    public int errno() {
        return errno;
    }

    /** The name of {@link #errno()}, such as {@code ENOMEM}. */
    public String errnoName() {
        return nameOf(errno);
    }

    /** The node that the operation named, or -1 when it named none. */
    public int node() {
        return node;
    }

    /** The size in bytes that the operation named, or -1 when it named none. */
    public long size() {
        return size;
    }

    private static String nameOf(int errno) {
        return switch (errno) {
            case EIO -> "EIO";
            case ENXIO -> "ENXIO";
            case ENOMEM -> "ENOMEM";
            case EFAULT -> "EFAULT";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ELIBACC -> "ELIBACC";
            default -> "errno " + errno;
        };
    }
}
