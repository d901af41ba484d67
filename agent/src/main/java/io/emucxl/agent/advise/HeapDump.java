package io.emucxl.agent.advise;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of the primitive arrays of a heap, by the fields that refer to them. Reads the binary
 * format that HotSpot writes (the comment at the top of hotspot/share/services/heapDumper.cpp
 * describes it), twice and from front to back, and keeps only the arrays that are large enough.
 *
 * <p>An array that two fields refer to counts for both. The rows of an array of arrays count for
 * the field that refers to it.
 */
final class HeapDump {

    /**
     * A field, and the arrays that it refers to in all objects together.
     *
     * @param owner internal name of the class that declares it
     * @param name the field's name
     */
    record Field(String owner, String name) {}

    private static final int STRING = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int SEGMENT = 0x1C;
    private static final int WHOLE = 0x0C;

    private static final int CLASS = 0x20;
    private static final int INSTANCE = 0x21;
    private static final int OBJECT_ARRAY = 0x22;
    private static final int PRIMITIVE_ARRAY = 0x23;

    private static final int OBJECT = 2;

    /** Bytes of a value by its type; 0 for an identifier. */
    private static final int[] BYTES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    /** A class; what its objects have of references, at which offset. */
    private static final class Layout {
        private final long superclass;
        private final List<Field> references = new ArrayList<>();
        private final List<Integer> offsets = new ArrayList<>();
        private int bytes;
        private Layout above;

        Layout(long superclass) {
            this.superclass = superclass;
        }
    }

    private final long minBytes;
    private final Map<Long, String> texts = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Layout> layouts = new HashMap<>();
    private final LongTable arrays = new LongTable();

    /** The rows of each array of arrays. */
    private final Map<Long, long[]> rows = new HashMap<>();

    private final Map<Field, Long> bytes = new HashMap<>();
    private int idBytes;
    private boolean second;

    private HeapDump(long minBytes) {
        this.minBytes = minBytes;
    }

    /**
     * Reads a heap.
     *
     * @param minBytes smaller arrays do not count; at least 1
     * @return the bytes of elements by field
     * @throws IOException when the file cannot be read or is no heap
     */
    static Map<Field, Long> read(Path file, long minBytes) throws IOException {
        HeapDump dump = new HeapDump(minBytes);
        dump.pass(file);
        dump.sumRows();
        dump.second = true;
        dump.pass(file);
        return dump.bytes;
    }

    private void sumRows() {
        for (Map.Entry<Long, long[]> array : rows.entrySet()) {
            long sum = 0;
            for (long row : array.getValue()) {
                sum += arrays.get(row);
            }
            if (sum > 0) {
                arrays.put(array.getKey(), sum);
            }
        }
        rows.clear();
    }

    private void pass(Path file) throws IOException {
        try (DumpInput in = new DumpInput(new FileInputStream(file.toFile()))) {
            StringBuilder version = new StringBuilder();
            for (int c = in.u1(); c != 0 && version.length() < 32; c = in.u1()) {
                version.append((char) c);
            }
            if (!version.toString().startsWith("JAVA PROFILE 1.0")) {
                throw new IOException(file + " is no heap");
            }
            idBytes = in.i4();
            in.skip(8);
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                in.skip(4);
                long length = in.u4();
                if (tag == STRING && !second) {
                    texts.put(in.id(idBytes), in.text((int) length - idBytes));
                } else if (tag == LOAD_CLASS && !second) {
                    in.skip(4);
                    long id = in.id(idBytes);
                    in.skip(4);
                    names.put(id, texts.get(in.id(idBytes)));
                } else if (tag == SEGMENT || tag == WHOLE) {
                    segment(in, length);
                } else {
                    in.skip(length);
                }
            }
        }
    }

    private void segment(DumpInput in, long length) throws IOException {
        long end = in.position() + length;
        while (in.position() < end) {
            int tag = in.u1();
            switch (tag) {
                case CLASS -> classDump(in);
                case INSTANCE -> instance(in);
                case OBJECT_ARRAY -> objectArray(in);
                case PRIMITIVE_ARRAY -> primitiveArray(in);
                default -> in.skip(rootBytes(tag));
            }
        }
    }

    /** The length of the entry of a root of this kind. */
    private int rootBytes(int tag) throws IOException {
        return switch (tag) {
            case 0xFF, 0x05, 0x07 -> idBytes;
            case 0x01 -> 2 * idBytes;
            case 0x04, 0x06 -> idBytes + 4;
            case 0x02, 0x03, 0x08 -> idBytes + 8;
            default -> throw new IOException("an unknown entry of the heap: " + tag);
        };
    }

    private int bytesOf(int type) {
        return type == OBJECT ? idBytes : BYTES[type];
    }

    private void classDump(DumpInput in) throws IOException {
        long id = in.id(idBytes);
        in.skip(4);
        Layout layout = new Layout(in.id(idBytes));
        in.skip(5L * idBytes + 4);
        for (int i = in.u2(); i > 0; i--) {
            in.skip(2);
            in.skip(bytesOf(in.u1()));
        }
        String owner = names.getOrDefault(id, "?");
        for (int i = in.u2(); i > 0; i--) {
            String name = texts.get(in.id(idBytes));
            int type = in.u1();
            if (type == OBJECT) {
                refer(new Field(owner, name), in.id(idBytes));
            } else {
                in.skip(bytesOf(type));
            }
        }
        for (int i = in.u2(); i > 0; i--) {
            String name = texts.get(in.id(idBytes));
            int type = in.u1();
            if (type == OBJECT) {
                layout.references.add(new Field(owner, name));
                layout.offsets.add(layout.bytes);
            }
            layout.bytes += bytesOf(type);
        }
        if (!second) {
            layouts.put(id, layout);
        }
    }

    private void instance(DumpInput in) throws IOException {
        in.skip(idBytes + 4L);
        long id = in.id(idBytes);
        int length = in.i4();
        int at = 0;
        for (Layout c = second ? layouts.get(id) : null; c != null; c = superclass(c)) {
            int start = at;
            for (int i = 0; i < c.offsets.size(); i++) {
                int offset = start + c.offsets.get(i);
                in.skip(offset - at);
                refer(c.references.get(i), in.id(idBytes));
                at = offset + idBytes;
            }
            in.skip(start + c.bytes - at);
            at = start + c.bytes;
        }
        in.skip(length - at);
    }

    private Layout superclass(Layout c) {
        if (c.above == null && c.superclass != 0) {
            c.above = layouts.get(c.superclass);
        }
        return c.above;
    }

    private void refer(Field field, long array) {
        long size = second && array != 0 ? arrays.get(array) : 0;
        if (size > 0) {
            bytes.merge(field, size, Long::sum);
        }
    }

    private void objectArray(DumpInput in) throws IOException {
        long id = in.id(idBytes);
        in.skip(4);
        int length = in.i4();
        String type = names.get(in.id(idBytes));
        if (second || type == null || !type.startsWith("[[") || type.length() != 3) {
            in.skip((long) length * idBytes);
            return;
        }
        long[] elements = new long[length];
        for (int i = 0; i < length; i++) {
            elements[i] = in.id(idBytes);
        }
        rows.put(id, elements);
    }

    private void primitiveArray(DumpInput in) throws IOException {
        long id = in.id(idBytes);
        in.skip(4);
        long length = in.u4();
        long size = length * BYTES[in.u1()];
        if (!second && size >= minBytes) {
            arrays.put(id, size);
        }
        in.skip(size);
    }
}
