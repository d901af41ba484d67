package io.emucxl.agent.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The constant pool of a class file, read where it lies. Every class that the program loads comes
 * by here, and nearly all go on untouched; so this reads no more than it must and keeps only
 * offsets.
 */
final class ConstantPool {

    /** A field or method that the class mentions. */
    record Member(String owner, String name, String descriptor) {}

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELDREF = 9;
    private static final int INTERFACE_METHODREF = 11;

    /** Bytes of each kind of entry behind its tag; 0 for tags that do not exist. */
    private static final byte[] LENGTHS = {
        0, 2, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
    };

    private static final String PRIMITIVES = "ZBCSIJFD";
    private static final int[] NONE = {};

    private final byte[] file;

    /** Where the content of each entry lies, behind its tag. */
    private final int[] at;

    private final int end;

    /** The UTF-8 entries with a primitive array type in them. */
    private final int[] arrays;

    private ConstantPool(byte[] file, int[] at, int end, int[] arrays) {
        this.file = file;
        this.at = at;
        this.end = end;
        this.arrays = arrays;
    }

    /**
     * Whether a class file may have a primitive array type in an entry. Half of all files have not
     * even the two bytes, and to search a string for a character the JVM has compiled long before
     * this class.
     */
    static boolean mayHavePrimitiveArrays(byte[] file) {
        String bytes = new String(file, StandardCharsets.ISO_8859_1);
        int last = bytes.length() - 1;
        for (int i = bytes.indexOf('['); i >= 0 && i < last; i = bytes.indexOf('[', i + 1)) {
            if (PRIMITIVES.indexOf(bytes.charAt(i + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The constant pool of this class file, or null when it is not one that can be read. */
    static ConstantPool read(byte[] file) {
        if (file.length < 10 || unsigned(file, 0) != 0xCAFE || unsigned(file, 2) != 0xBABE) {
            return null;
        }
        int[] at = new int[unsigned(file, 8)];
        int[] arrays = NONE;
        int count = 0;
        int next = 10;
        for (int i = 1; i < at.length; i++) {
            if (next + 3 > file.length) {
                return null;
            }
            int tag = file[next];
            if (tag < 0 || tag >= LENGTHS.length || LENGTHS[tag] == 0) {
                return null;
            }
            at[i] = next + 1;
            next += 1 + LENGTHS[tag];
            if (tag == UTF8) {
                int from = next;
                next += unsigned(file, at[i]);
                if (hasPrimitiveArray(file, from, Math.min(next, file.length))) {
                    arrays = count < arrays.length ? arrays : Arrays.copyOf(arrays, 8 + 2 * count);
                    arrays[count] = i;
                    count++;
                }
            } else if (tag == LONG || tag == DOUBLE) {
                i++;
            }
        }
        ConstantPool pool =
                new ConstantPool(file, at, next, count == 0 ? NONE : Arrays.copyOf(arrays, count));
        // Access flags, this class, superclass and the number of interfaces are behind the pool.
        return next + 8 <= file.length && pool.isClass(unsigned(file, next + 2)) ? pool : null;
    }

    /** The class file format's version: 61 for Java 17. */
    int major() {
        return unsigned(file, 6);
    }

    /** The internal name of the class. */
    String className() {
        return classAt(unsigned(file, end + 2));
    }

    /** Internal names of the superclass and the interfaces. */
    List<String> parents() {
        List<String> parents = new ArrayList<>();
        int superclass = unsigned(file, end + 4);
        if (superclass != 0) {
            parents.add(classAt(superclass));
        }
        int interfaces = unsigned(file, end + 6);
        for (int i = 0; i < interfaces; i++) {
            parents.add(classAt(unsigned(file, end + 8 + 2 * i)));
        }
        return parents;
    }

    /** Whether there is a UTF-8 entry of exactly this content, which has to be ASCII. */
    boolean has(String text) {
        for (int i = 1; i < at.length; i++) {
            if (isUtf8(i) && equal(i, text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a primitive array type is part of any entry, as all code that touches one needs. */
    boolean hasPrimitiveArrays() {
        return arrays.length > 0;
    }

    /** The UTF-8 entries with a primitive array type in them, in rising order. */
    int[] arrays() {
        return arrays;
    }

    /** Every field and method mentioned whose descriptor has a primitive array in it. */
    List<Member> arrayMembers() {
        return mentioned(arrays);
    }

    /**
     * Every field and method mentioned whose descriptor is one of some entries.
     *
     * @param descriptors in rising order
     */
    List<Member> mentioned(int[] descriptors) {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            int tag = tag(i);
            if (tag >= FIELDREF && tag <= INTERFACE_METHODREF) {
                int nameAndType = at[unsigned(file, at[i] + 2)];
                int descriptor = unsigned(file, nameAndType + 2);
                if (Arrays.binarySearch(descriptors, descriptor) >= 0) {
                    members.add(
                            new Member(
                                    classAt(unsigned(file, at[i])),
                                    text(unsigned(file, nameAndType)),
                                    text(descriptor)));
                }
            }
        }
        return members;
    }

    /**
     * The methods that the class declares whose descriptor is one of some entries. All fields are
     * read on the way there, so this is for the few classes that nothing else decides.
     *
     * @param descriptors in rising order
     */
    List<Member> declared(int[] descriptors) {
        List<Member> methods = new ArrayList<>();
        int next = end + 8 + 2 * unsigned(file, end + 6);
        int fields = unsigned(file, next);
        next += 2;
        for (int i = 0; i < fields; i++) {
            next = behindMember(next);
        }
        int count = unsigned(file, next);
        next += 2;
        for (int i = 0; i < count; i++) {
            int descriptor = unsigned(file, next + 4);
            if (Arrays.binarySearch(descriptors, descriptor) >= 0) {
                methods.add(
                        new Member(className(), text(unsigned(file, next + 2)), text(descriptor)));
            }
            next = behindMember(next);
        }
        return methods;
    }

    /** Behind a field or method, with its attributes. */
    private int behindMember(int member) {
        int next = member + 8;
        for (int i = unsigned(file, member + 6); i > 0; i--) {
            next += 6 + (unsigned(file, next + 2) << 16 | unsigned(file, next + 4));
        }
        return next;
    }

    private static boolean hasPrimitiveArray(byte[] file, int from, int to) {
        for (int i = from; i < to - 1; i++) {
            if (file[i] == '[' && PRIMITIVES.indexOf(file[i + 1]) >= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isClass(int index) {
        return index > 0 && index < at.length && tag(index) == CLASS;
    }

    private boolean isUtf8(int index) {
        return tag(index) == UTF8;
    }

    private int tag(int index) {
        return at[index] == 0 ? 0 : file[at[index] - 1];
    }

    private String classAt(int index) {
        return text(unsigned(file, at[index]));
    }

    private boolean equal(int utf8, String text) {
        int from = at[utf8] + 2;
        if (unsigned(file, at[utf8]) != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (file[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The text of a UTF-8 entry: decodes modified UTF-8. */
    String text(int utf8) {
        int length = unsigned(file, at[utf8]);
        int from = at[utf8] + 2;
        char[] chars = new char[length];
        int count = 0;
        for (int i = from; i < from + length; count++) {
            int b = file[i] & 0xFF;
            if (b < 0x80) {
                chars[count] = (char) b;
                i++;
            } else if (b < 0xE0) {
                chars[count] = (char) (((b & 0x1F) << 6) | (file[i + 1] & 0x3F));
                i += 2;
            } else {
                chars[count] =
                        (char)
                                (((b & 0x0F) << 12)
                                        | ((file[i + 1] & 0x3F) << 6)
                                        | (file[i + 2] & 0x3F));
                i += 3;
            }
        }
        return new String(chars, 0, count);
    }

    private static int unsigned(byte[] bytes, int index) {
        return ((bytes[index] & 0xFF) << 8) | (bytes[index + 1] & 0xFF);
    }
}
