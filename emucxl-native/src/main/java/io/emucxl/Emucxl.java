package io.emucxl;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * The emucxl API of the paper: blocks of memory on a node, 0 local and 1 remote, allocated,
 * migrated and freed by the program.
 *
 * <p>A block is known by its start address, its size is remembered, and every access is checked
 * against it. "An address in a block" is any from its first to its last byte. Thread-safe; the last
 * {@link #exit()} waits for the calls that other threads have begun, and a block that is freed
 * while another thread reads it gives that thread an exception or any bytes, never a crash. Every
 * method but {@link #init()} throws {@link EmucxlException} (ENXIO) while the library is not
 * initialised.
 */
public final class Emucxl {

    private Emucxl() {}

    /**
     * Starts the library as the environment says. Calls are counted: a second call only counts.
     *
     * @throws EmucxlException EINVAL for settings that cannot be; ENODEV when the machine does not
     *     have the backend or node; ENOMEM when the addresses cannot be reserved; ELIBACC when the
     *     library cannot be loaded
     */
    public static void init() {
        init(SpaceConfig.DEFAULT);
    }

    /** As {@link #init()}, with settings. */
    public static void init(SpaceConfig config) {
        Libemucxl.load();
        int error =
                Libemucxl.start(
                        config.backend().number,
                        config.regionBytes(),
                        config.localNode(),
                        config.localCapacity(),
                        config.remoteNode(),
                        config.remoteCapacity());
        if (error != 0) {
            throw Libemucxl.failure(error, -1, -1);
        }
    }

    /** Undoes one {@link #init()}. The last one frees every block; init may follow again. */
    public static void exit() {
        Libemucxl.check();
        check(Libemucxl.stop(), -1, -1);
    }

    /**
     * Allocates a block of zeros on a node, aligned to 16 bytes, and to 64 from 64 bytes on.
     *
     * @return its address
     * @throws EmucxlException EINVAL when size is not positive or there is no such node; ENOMEM
     *     when the node has no room
     */
    public static long alloc(long size, int node) {
        Libemucxl.check();
        if (size < 0) {
            throw new EmucxlException(
                    EmucxlException.EINVAL, "a block of " + size + " bytes", node, size);
        }
        return checked(Libemucxl.alloc(size, node), node, size);
    }

    /**
     * Frees a block.
     *
     * @param address the start of the block
     * @param size the size of the block
     * @throws EmucxlException EINVAL when the address is not the start of a block, or the block has
     *     another size; it stays then
     */
    public static void free(long address, long size) {
        Libemucxl.check();
        check(Libemucxl.release(address, size), -1, size);
    }

    /**
     * Moves the contents of a block to a new one of another size on the same node, and frees the
     * old one. Bytes beyond the old size are zero.
     *
     * @return the address of the new block
     * @throws EmucxlException EINVAL when the address is not the start of a block, or size is not
     *     positive; ENOMEM when the node has no room for both; the old block is untouched then
     */
    public static long resize(long address, long size) {
        Libemucxl.check();
        return checked(Libemucxl.resize(address, size), -1, size);
    }

    /**
     * Moves a block to a node: its contents to a new block there; the old one is freed. A block
     * that is there already stays.
     *
     * @return the address of the block on that node
     * @throws EmucxlException EINVAL when the address is not the start of a block, or there is no
     *     such node; ENOMEM when the node has no room; the old block is untouched then
     */
    public static long migrate(long address, int node) {
        Libemucxl.check();
        return checked(Libemucxl.migrate(address, node), node, -1);
    }

    /**
     * Whether an address in a block is in local memory.
     *
     * @throws EmucxlException EINVAL when it is not in a block
     */
    public static boolean isLocal(long address) {
        return getNumaNode(address) == 0;
    }

    /**
     * The node of an address in a block.
     *
     * @throws EmucxlException EINVAL when it is not in a block
     */
    public static int getNumaNode(long address) {
        Libemucxl.check();
        return (int) checked(Libemucxl.node(address), -1, -1);
    }

    /**
     * The size of the block that an address is in, as it was asked for.
     *
     * @throws EmucxlException EINVAL when it is not in a block
     */
    public static long getSize(long address) {
        Libemucxl.check();
        return checked(Libemucxl.size(address), -1, -1);
    }

    /**
     * The sum of the sizes of the blocks on a node, as they were asked for, placed arrays included.
     *
     * @throws EmucxlException EINVAL when there is no such node
     */
    public static long stats(int node) {
        Libemucxl.check();
        return checked(Libemucxl.stats(node), node, -1);
    }

    /** Reads {@code into.length} bytes, {@code offset} bytes behind an address in a block. */
    public static void read(long address, long offset, byte[] into) {
        read(address, offset, into, 0, into.length);
    }

    /**
     * Reads bytes of a block.
     *
     * @param address an address in the block
     * @param offset where to begin, in bytes behind the address
     * @param into takes the bytes
     * @param at where in {@code into} the first one goes
     * @param length how many bytes
     * @throws IndexOutOfBoundsException when the array does not have that range
     * @throws EmucxlException EINVAL when the address is not in a block, or offset is negative;
     *     EFAULT when the range leaves the block
     */
    public static void read(long address, long offset, byte[] into, int at, int length) {
        Libemucxl.check();
        Objects.checkFromIndexSize(at, length, into.length);
        check(Libemucxl.read(address, offset, into, at, length), -1, length);
    }

    /**
     * Fills a buffer from its position to its limit with bytes of a block, and sets its position to
     * its limit.
     *
     * @throws ReadOnlyBufferException when the buffer is read-only
     * @throws EmucxlException as {@link #read(long, long, byte[], int, int)}
     */
    public static void read(long address, long offset, ByteBuffer into) {
        Libemucxl.check();
        if (into.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        int at = into.position();
        int length = into.remaining();
        check(
                into.hasArray()
                        ? Libemucxl.read(
                                address, offset, into.array(), into.arrayOffset() + at, length)
                        : Libemucxl.readBuffer(address, offset, into, at, length),
                -1,
                length);
        into.position(at + length);
    }

    /** Writes all of {@code bytes}, {@code offset} bytes behind an address in a block. */
    public static void write(byte[] bytes, long address, long offset) {
        write(bytes, 0, address, offset, bytes.length);
    }

    /**
     * Writes bytes to a block.
     *
     * @param bytes has the bytes
     * @param at where in {@code bytes} the first one is
     * @param address an address in the block
     * @param offset where to begin, in bytes behind the address
     * @param length how many bytes
     * @throws IndexOutOfBoundsException when the array does not have that range
     * @throws EmucxlException EINVAL when the address is not in a block, or offset is negative;
     *     EFAULT when the range leaves the block
     */
    public static void write(byte[] bytes, int at, long address, long offset, int length) {
        Libemucxl.check();
        Objects.checkFromIndexSize(at, length, bytes.length);
        check(Libemucxl.write(bytes, at, address, offset, length), -1, length);
    }

    /**
     * Writes a buffer from its position to its limit to a block, and sets its position to its
     * limit.
     *
     * @throws EmucxlException as {@link #write(byte[], int, long, long, int)}
     */
    public static void write(ByteBuffer bytes, long address, long offset) {
        Libemucxl.check();
        int at = bytes.position();
        int length = bytes.remaining();
        int error;
        if (bytes.hasArray()) {
            error =
                    Libemucxl.write(
                            bytes.array(), bytes.arrayOffset() + at, address, offset, length);
        } else if (bytes.isDirect()) {
            error = Libemucxl.writeBuffer(bytes, at, address, offset, length);
        } else {
            byte[] copy = new byte[length];
            bytes.duplicate().get(copy);
            error = Libemucxl.write(copy, 0, address, offset, length);
        }
        check(error, -1, length);
        bytes.position(at + length);
    }

    /**
     * Sets bytes of a block to the low byte of a value.
     *
     * @throws EmucxlException EINVAL when the address is not in a block, or size is negative;
     *     EFAULT when the range leaves the block
     */
    public static void memset(long address, int value, long size) {
        Libemucxl.check();
        check(Libemucxl.memset(address, value, checkSize(size)), -1, size);
    }

    /**
     * Copies bytes between blocks, or within one.
     *
     * @param to an address in a block
     * @param from an address in a block
     * @param size how many bytes
     * @throws EmucxlException EINVAL when an address is not in a block, size is negative, or the
     *     ranges overlap; EFAULT when a range leaves its block
     */
    public static void memcpy(long to, long from, long size) {
        Libemucxl.check();
        check(Libemucxl.memcpy(to, from, checkSize(size)), -1, size);
    }

    /** As {@link #memcpy}, and the ranges may overlap. */
    public static void memmove(long to, long from, long size) {
        Libemucxl.check();
        check(Libemucxl.memmove(to, from, checkSize(size)), -1, size);
    }

    private static long checkSize(long size) {
        if (size < 0) {
            throw new EmucxlException(
                    EmucxlException.EINVAL, size + " bytes are a negative number", -1, size);
        }
        return size;
    }

    private static void check(int error, int node, long size) {
        if (error != 0) {
            throw Libemucxl.failure(error, node, size);
        }
    }

    private static long checked(long result, int node, long size) {
        if (result < 0) {
            throw Libemucxl.failure(result, node, size);
        }
        return result;
    }
}
