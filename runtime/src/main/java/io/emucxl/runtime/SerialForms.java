package io.emucxl.runtime;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.internal.misc.Unsafe;

/**
 * Keeps the serialized form of classes whose array fields hold handles.
 *
 * <p>The agent lets {@code java.io.ObjectStreamClass} and its neighbours call these methods where
 * they ask for the type of a field, read or write a field of an object, and write an array. So a
 * stream holds the array that the program had, under the field's original type, with the same
 * identity, and what is read from a stream is wrapped.
 *
 * <p>A rewritten field keeps its original type as its generic type, which is how it is known here.
 * Thread-safe.
 */
public final class SerialForms {
    private static final Class<?> ROWS = TieredArray[].class;

    /** For a handle, or an array of them, the heap array that stands for it in streams. */
    private static final Map<Object, WeakReference<Object>> COPIES = new WeakHashMap<>();

    /** The same the other way round. */
    private static final Map<Object, WeakReference<Object>> ORIGINALS = new WeakHashMap<>();

    /** For an array of arrays from a stream, the array of handles that was made of it. */
    private static final Map<Object, WeakReference<TieredArray[]>> ADOPTED = new WeakHashMap<>();

    private static final ClassValue<HandleFields> FIELDS =
            new ClassValue<>() {
                @Override
                protected HandleFields computeValue(Class<?> type) {
                    return HandleFields.of(type);
                }
            };

    private static volatile boolean copied;

    private SerialForms() {}

    /**
     * The type that a field has for {@code java.io}.
     *
     * @param field any field
     * @return the type of the array whose handle it holds, or its type
     */
    public static Class<?> type(Field field) {
        Class<?> type = field.getType();
        if (type != TieredArray.class && type != ROWS) {
            return type;
        }
        Type original = field.getGenericType();
        return original instanceof Class<?> c && c.isArray() ? c : type;
    }

    /**
     * The value of a field as a stream holds it.
     *
     * @param unsafe the JDK's own
     * @param object the object
     * @param offset of the field
     */
    public static Object load(Unsafe unsafe, Object object, long offset) {
        Object value = unsafe.getReference(object, offset);
        if (value instanceof TieredArray || value instanceof TieredArray[]) {
            Class<?> type = FIELDS.get(object.getClass()).typeAt(offset);
            return type == null ? value : heapArray(value, type);
        }
        return value;
    }

    /**
     * Gives a field the value that a stream holds.
     *
     * @param unsafe the JDK's own
     * @param object the object
     * @param offset of the field
     * @param value an array of the field's original type when it holds a handle
     */
    public static void store(Unsafe unsafe, Object object, long offset, Object value) {
        Object stored = value;
        if (value != null && value.getClass().isArray()) {
            Class<?> type = FIELDS.get(object.getClass()).typeAt(offset);
            if (type != null) {
                stored =
                        type.getComponentType().isPrimitive()
                                ? TieredArray.wrap(value)
                                : adopt((Object[]) value);
            }
        }
        unsafe.putReference(object, offset, stored);
    }

    /**
     * Called when a stream is about to write the elements of an array: when it stands for one in
     * the region space it gets the elements which that has now.
     *
     * @param array any array
     */
    public static void refresh(Object array) {
        if (!copied) {
            return;
        }
        Object original;
        synchronized (COPIES) {
            WeakReference<Object> reference = ORIGINALS.get(array);
            original = reference == null ? null : reference.get();
        }
        if (original != null) {
            fill(array, original);
        }
    }

    private static Object heapArray(Object value, Class<?> type) {
        if (value instanceof TieredArray a && a.heap != null) {
            return a.heap;
        }
        if (value instanceof TieredArray[] rows && rows.length == 0) {
            Object constant = EmptyRows.heapArray(rows);
            if (constant != null) {
                return constant;
            }
        }
        Object copy;
        synchronized (COPIES) {
            WeakReference<Object> known = COPIES.get(value);
            copy = known == null ? null : known.get();
            if (copy == null) {
                copy = Array.newInstance(type.getComponentType(), length(value));
                COPIES.put(value, new WeakReference<>(copy));
                ORIGINALS.put(copy, new WeakReference<>(value));
                copied = true;
            }
        }
        fill(copy, value);
        return copy;
    }

    private static int length(Object value) {
        return value instanceof TieredArray a ? a.length : ((TieredArray[]) value).length;
    }

    private static void fill(Object copy, Object value) {
        if (value instanceof TieredArray a) {
            Copies.arraycopy(a, 0, copy, 0, a.length);
            return;
        }
        TieredArray[] handles = (TieredArray[]) value;
        Object[] rows = (Object[]) copy;
        Class<?> row = rows.getClass().getComponentType();
        for (int i = 0; i < handles.length; i++) {
            TieredArray handle = handles[i];
            rows[i] = handle == null ? null : heapArray(handle, row);
        }
    }

    private static TieredArray[] adopt(Object[] rows) {
        synchronized (ADOPTED) {
            WeakReference<TieredArray[]> known = ADOPTED.get(rows);
            TieredArray[] handles = known == null ? null : known.get();
            if (handles == null) {
                handles = new TieredArray[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    handles[i] = TieredArray.wrap(rows[i]);
                }
                ADOPTED.put(rows, new WeakReference<>(handles));
            }
            return handles;
        }
    }

    /**
     * The fields of the objects of a class that hold handles.
     *
     * @param offsets where they are
     * @param types what type each had
     */
    private record HandleFields(List<Long> offsets, List<Class<?>> types) {

        static HandleFields of(Class<?> type) {
            List<Long> offsets = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (Class<?> c = type;
                    c != null && Serializable.class.isAssignableFrom(c);
                    c = c.getSuperclass()) {
                for (Field f : c.getDeclaredFields()) {
                    Class<?> original = type(f);
                    if (original != f.getType() && !Modifier.isStatic(f.getModifiers())) {
                        offsets.add(Unsafe.getUnsafe().objectFieldOffset(f));
                        types.add(original);
                    }
                }
            }
            return new HandleFields(offsets, types);
        }

        /** The original type of the field at an offset, or null when it holds no handle. */
        Class<?> typeAt(long offset) {
            int i = offsets.indexOf(offset);
            return i < 0 ? null : types.get(i);
        }
    }
}
