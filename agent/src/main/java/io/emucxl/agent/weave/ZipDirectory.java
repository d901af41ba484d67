package io.emucxl.agent.weave;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;

/**
 * The central directory of a zip file, or of one that lies uncompressed inside of another, as the
 * libraries of a Spring Boot jar do; {@link java.util.zip.ZipFile} opens only the former. The
 * layout is that of PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16.
 *
 * <p>Thread-safe.
 */
final class ZipDirectory implements Closeable {

    private static final int LOCAL_HEADER = 0x04034B50;
    private static final int HEADER = 0x02014B50;
    private static final int END = 0x06054B50;
    private static final int END_64 = 0x06064B50;
    private static final int LOCATOR_64 = 0x07064B50;

    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int HEADER_BYTES = 46;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int MAX_COMMENT = 0xFFFF;

    private final RandomAccessFile file;

    /** Where the zip begins in the file. */
    private final long start;

    private final byte[] directory;

    /** How many entries are looked for one by one: fewer than it takes to make a map of all. */
    private static final int SINGLE = 4;

    /** Where each entry's header is in the directory; made when it has been asked for often. */
    private Map<String, Integer> headers;

    private int asked;

    private ZipDirectory(RandomAccessFile file, long start, byte[] directory) {
        this.file = file;
        this.start = start;
        this.directory = directory;
    }

    /**
     * Reads the directory of a file.
     *
     * @throws IOException when it is no zip file
     */
    static ZipDirectory open(File zip) throws IOException {
        RandomAccessFile file = new RandomAccessFile(zip, "r");
        try {
            return read(file, 0, file.length());
        } catch (IOException e) {
            file.close();
            throw e;
        } catch (RuntimeException e) {
            file.close();
            throw new IOException("a damaged zip file: " + e, e);
        }
    }

    /**
     * Reads the directory of a zip in this one.
     *
     * @return null when there is no such entry, or it is compressed
     * @throws IOException when it is no zip file
     */
    ZipDirectory inner(String name) throws IOException {
        Integer header = header(name);
        if (header == null || u16(directory, header + 10) != ZipEntry.STORED) {
            return null;
        }
        return read(file, content(header), u32(directory, header + 24));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ZipDirectory read(RandomAccessFile file, long from, long length)
            throws IOException {
        int tail = (int) Math.min(length, END_BYTES + MAX_COMMENT);
        byte[] last = bytes(file, from + length - tail, tail);
        int end = tail - END_BYTES;
        while (end >= 0
                && !(i32(last, end) == END && end + END_BYTES + u16(last, end + 20) == tail)) {
            end--;
        }
        if (end < 0) {
            throw new IOException("no zip file");
        }
        long endsAt = from + length - tail + end;
        long size = u32(last, end + 12);
        long offset = u32(last, end + 16);
        if (end >= LOCATOR_BYTES && i32(last, end - LOCATOR_BYTES) == LOCATOR_64) {
            endsAt = from + i64(last, end - LOCATOR_BYTES + 8);
            byte[] end64 = bytes(file, endsAt, 56);
            if (i32(end64, 0) != END_64) {
                throw new IOException("no zip file");
            }
            size = i64(end64, 40);
            offset = i64(end64, 48);
        }
        // Something may stand in front of the zip, such as a script that starts it.
        long begins = endsAt - size - offset;
        if (size > Integer.MAX_VALUE || begins < from) {
            throw new IOException("a damaged zip file");
        }
        return new ZipDirectory(file, begins, bytes(file, endsAt - size, (int) size));
    }

    private static byte[] bytes(RandomAccessFile file, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        synchronized (file) {
            file.seek(at);
            file.readFully(bytes);
        }
        return bytes;
    }

    /** The content of an entry, or null when there is no such entry. */
    byte[] file(String name) throws IOException {
        Integer header = header(name);
        if (header == null) {
            return null;
        }
        long compressed = u32(directory, header + 20);
        long size = u32(directory, header + 24);
        if (compressed > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
            throw new IOException(name + " is larger than any class file");
        }
        byte[] stored = bytes(file, content(header), (int) compressed);
        return u16(directory, header + 10) == ZipEntry.STORED ? stored : inflate(stored, size);
    }

    private static byte[] inflate(byte[] compressed, long size) throws IOException {
        byte[] content = new byte[(int) size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            int count = 0;
            while (count < content.length) {
                int more = inflater.inflate(content, count, content.length - count);
                if (more == 0) {
                    throw new EOFException("a compressed file ends too early");
                }
                count += more;
            }
            return content;
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            inflater.end();
        }
    }

    /** Where the content of an entry begins: behind its local header. */
    private long content(int header) throws IOException {
        long at = start + u32(directory, header + 42);
        byte[] local = bytes(file, at, LOCAL_HEADER_BYTES);
        if (i32(local, 0) != LOCAL_HEADER) {
            throw new IOException("a damaged zip file");
        }
        return at + LOCAL_HEADER_BYTES + u16(local, 26) + u16(local, 28);
    }

    private synchronized Integer header(String name) {
        if (headers == null) {
            asked++;
            if (asked <= SINGLE) {
                return find(name.getBytes(StandardCharsets.UTF_8));
            }
            headers = new HashMap<>();
            for (int at = next(0); at >= 0; at = next(after(at))) {
                headers.put(name(at), at);
            }
        }
        return headers.get(name);
    }

    /** The last entry of this name, as in a map. */
    private Integer find(byte[] name) {
        Integer found = null;
        for (int at = next(0); at >= 0; at = next(after(at))) {
            int from = at + HEADER_BYTES;
            int to = from + u16(directory, at + 28);
            if (to - from == name.length
                    && to <= directory.length
                    && Arrays.equals(directory, from, to, name, 0, name.length)) {
                found = at;
            }
        }
        return found;
    }

    /** Adds the names of the entries that begin and end so, in the order of the directory. */
    void names(String prefix, String suffix, List<String> names) {
        for (int at = next(0); at >= 0; at = next(after(at))) {
            String name = name(at);
            if (name.startsWith(prefix) && name.endsWith(suffix)) {
                names.add(name);
            }
        }
    }

    /**
     * A number that changes with the content or the name of any class file or inner jar, and with
     * the manifest: it is made from the CRC-32 and the length that the directory has for each.
     */
    long fingerprint() {
        CRC32 sum = new CRC32();
        int count = 0;
        for (int at = next(0); at >= 0; at = next(after(at))) {
            int length = u16(directory, at + 28);
            int from = at + HEADER_BYTES;
            if (ends(from, length, ".class")
                    || ends(from, length, ".jar")
                    || ends(from, length, "META-INF/MANIFEST.MF")
                    || ends(from, length, "-INF/classpath.idx")) {
                sum.update(directory, at + 16, 4);
                sum.update(directory, at + 24, 4);
                sum.update(directory, from, length);
                count++;
            }
        }
        return ((long) count << 32) | sum.getValue();
    }

    private boolean ends(int from, int length, String suffix) {
        int at = from + length - suffix.length();
        if (at < from) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (directory[at + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The header at this offset of the directory, or -1 behind the last. */
    private int next(int at) {
        return at + HEADER_BYTES <= directory.length && i32(directory, at) == HEADER ? at : -1;
    }

    private int after(int header) {
        return header
                + HEADER_BYTES
                + u16(directory, header + 28)
                + u16(directory, header + 30)
                + u16(directory, header + 32);
    }

    private String name(int header) {
        int length = u16(directory, header + 28);
        return new String(directory, header + HEADER_BYTES, length, StandardCharsets.UTF_8);
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    private static int i32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }

    private static long u32(byte[] bytes, int at) {
        return i32(bytes, at) & 0xFFFF_FFFFL;
    }

    private static long i64(byte[] bytes, int at) {
        return u32(bytes, at) | u32(bytes, at + 4) << 32;
    }
}
