package io.emucxl.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * The files of the agent, uncompressed in one entry of its jar behind a hash table of their names.
 *
 * <p>A jar in a jar would cost the start of every program its unpacking, and a jar with all of the
 * classes in it the reading of its directory. Here one read brings the table, one more each class.
 *
 * <p>Layout, all numbers big-endian ints: the {@linkplain #MAGIC magic number}; the number of
 * slots, a power of two; per slot the {@link #hash} of a name, the offset of its record from the
 * start of the pack, or 0, and the record's length. A record is the length of its name, the name in
 * ASCII, and the file. The first slot tried is the lower bits of the hash, then the next ones.
 */
final class Pack {

    /** The name of the entry in the agent's jar, which comes first and is stored, not deflated. */
    static final String ENTRY = "emucxl.pack";

    static final int MAGIC = 0xE3C7_0001;

    private static final int LOCAL_HEADER = 30;
    private static final int SLOT = 12;

    private final RandomAccessFile file;
    private final long start;
    private final byte[] table;

    Pack(RandomAccessFile jar) throws IOException {
        start = find(jar);
        if (start < 0) {
            throw new IOException("the agent's jar has no " + ENTRY);
        }
        file = jar;
        byte[] head = new byte[8];
        jar.seek(start);
        jar.readFully(head);
        if (number(head, 0) != MAGIC) {
            throw new IOException("the agent's jar was made by another version");
        }
        table = new byte[number(head, 4) * SLOT];
        jar.readFully(table);
    }

    /** Whether this file is a jar that begins with a pack. */
    static boolean isIn(File jar) {
        try (RandomAccessFile file = new RandomAccessFile(jar, "r")) {
            return find(file) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The offset of the pack, which is the first entry's content; -1 when it is not there. */
    private static long find(RandomAccessFile jar) throws IOException {
        byte[] head = new byte[LOCAL_HEADER + ENTRY.length()];
        if (jar.read(head) != head.length
                || number(head, 0) != 0x504B0304
                || !matches(head, LOCAL_HEADER, ENTRY)) {
            return -1;
        }
        int extra = (head[28] & 0xFF) | (head[29] & 0xFF) << 8;
        return LOCAL_HEADER + ENTRY.length() + (long) extra;
    }

    /** The file of this name, or null. Thread-safe. */
    byte[] read(String name) throws IOException {
        int hash = hash(name);
        int mask = table.length / SLOT - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int offset = number(table, slot * SLOT + 4);
            if (offset == 0) {
                return null;
            }
            if (number(table, slot * SLOT) == hash) {
                byte[] record = record(offset, number(table, slot * SLOT + 8));
                int length = number(record, 0);
                if (length == name.length() && matches(record, 4, name)) {
                    byte[] content = new byte[record.length - 4 - length];
                    System.arraycopy(record, 4 + length, content, 0, content.length);
                    return content;
                }
            }
        }
    }

    private byte[] record(int offset, int length) throws IOException {
        byte[] record = new byte[length];
        synchronized (file) {
            file.seek(start + offset);
            file.readFully(record);
        }
        return record;
    }

    static int hash(String name) {
        int h = name.hashCode();
        return h ^ h >>> 15;
    }

    private static boolean matches(byte[] bytes, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        return bytes[at] << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
