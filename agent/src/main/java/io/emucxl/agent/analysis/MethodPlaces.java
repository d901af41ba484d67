package io.emucxl.agent.analysis;

import java.util.Arrays;
import org.objectweb.asm.Type;

/**
 * The parameters and the return of a method, as its tiered version has them.
 *
 * <p>A <em>closed</em> method has only that version, because all its callers are known. Another
 * method keeps its own signature for callers that are not rewritten, and may get a second one. A
 * method of which nothing is known has a reason why.
 */
final class MethodPlaces {
    final MethodId id;
    final Node[] parameters;
    final Node returned;
    private final boolean rows;

    /** Why arrays cannot be passed to it, as a sentence; null when they can. */
    final String unknown;

    boolean closed;

    /**
     * Whether it could be closed, and keeps its own signature for those callers that had better
     * pass and get heap arrays, if there are any.
     */
    boolean opened;

    /** The name of the version with handles. */
    String tieredName;

    MethodPlaces(MethodId id, boolean closed, String unknown) {
        this.id = id;
        this.closed = closed;
        this.tieredName = id.name();
        this.unknown = unknown;
        Type[] arguments = Type.getArgumentTypes(id.descriptor());
        parameters = new Node[arguments.length];
        if (unknown == null) {
            for (int i = 0; i < arguments.length; i++) {
                String d = arguments[i].getDescriptor();
                parameters[i] =
                        ArrayType.is(d)
                                ? new Node(Node.Kind.PARAMETER, d, new Slot(this, i))
                                : null;
            }
        }
        rows =
                Arrays.stream(parameters)
                        .anyMatch(p -> p != null && ArrayType.dimensions(p.descriptor) > 1);
        String r = Type.getReturnType(id.descriptor()).getDescriptor();
        returned =
                unknown == null && ArrayType.is(r)
                        ? new Node(Node.Kind.RETURN, r, new Slot(this, -1))
                        : null;
    }

    /**
     * A parameter or the return of a method.
     *
     * @param method the method
     * @param index of the parameter, or -1 for the return
     */
    record Slot(MethodPlaces method, int index) {
        @Override
        public String toString() {
            return method.id + (index < 0 ? " returned" : " parameter " + index);
        }
    }

    /** Whether any parameter or the return of a descriptor is an array of primitives. */
    static boolean hasArrays(String descriptor) {
        if (ArrayType.is(Type.getReturnType(descriptor).getDescriptor())) {
            return true;
        }
        for (Type t : Type.getArgumentTypes(descriptor)) {
            if (ArrayType.is(t.getDescriptor())) {
                return true;
            }
        }
        return false;
    }

    /** Whether any parameter or the return is an array that the analysis follows. */
    boolean hasArrays() {
        if (returned != null) {
            return true;
        }
        for (Node n : parameters) {
            if (n != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether any parameter is an array of arrays. */
    boolean hasRows() {
        return rows;
    }

    /** The descriptor with the types of all tiered parameters, and of a tiered return, replaced. */
    String tieredDescriptor() {
        Type[] arguments = Type.getArgumentTypes(id.descriptor());
        StringBuilder d = new StringBuilder("(");
        for (int i = 0; i < arguments.length; i++) {
            d.append(typeOf(parameters[i], arguments[i].getDescriptor()));
        }
        return d.append(')')
                .append(typeOf(returned, Type.getReturnType(id.descriptor()).getDescriptor()))
                .toString();
    }

    private static String typeOf(Node node, String descriptor) {
        return node != null && node.representative().tiered
                ? ArrayType.tiered(descriptor)
                : descriptor;
    }
}
