package io.emucxl.agent.analysis;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.tree.analysis.Value;

/**
 * What a local variable or stack slot holds: for references, the nodes whose arrays it may be.
 *
 * @param sort {@code I F J D} as in descriptors, {@code A} a reference, {@code R} a return address,
 *     {@code U} nothing that can be used
 * @param nodes the arrays that it may be, none when it is no primitive array or null
 * @param other whether it may be something else than null and those arrays
 */
public record PlaceValue(char sort, Set<Node> nodes, boolean other) implements Value {
    static final PlaceValue INT = new PlaceValue('I', Set.of(), true);
    static final PlaceValue FLOAT = new PlaceValue('F', Set.of(), true);
    static final PlaceValue LONG = new PlaceValue('J', Set.of(), true);
    static final PlaceValue DOUBLE = new PlaceValue('D', Set.of(), true);
    static final PlaceValue RETURN_ADDRESS = new PlaceValue('R', Set.of(), true);
    static final PlaceValue UNUSABLE = new PlaceValue('U', Set.of(), true);
    static final PlaceValue NULL = new PlaceValue('A', Set.of(), false);
    static final PlaceValue OBJECT = new PlaceValue('A', Set.of(), true);

    static PlaceValue of(Node node) {
        return new PlaceValue('A', Set.of(node), false);
    }

    // By hand: those of a record link an invokedynamic, which is slow at the start.

    @Override
    public boolean equals(Object object) {
        return object instanceof PlaceValue that
                && sort == that.sort
                && other == that.other
                && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return (nodes.hashCode() * 31 + sort) * 31 + Boolean.hashCode(other);
    }

    @Override
    public int getSize() {
        return sort == 'J' || sort == 'D' ? 2 : 1;
    }

    /** Whether it is one of the arrays that the analysis follows, or may be. */
    public boolean tracked() {
        return !nodes.isEmpty();
    }

    /** Whether nothing but null can be here. */
    public boolean isNull() {
        return sort == 'A' && nodes.isEmpty() && !other;
    }

    /**
     * The type of the arrays, or null when there are none or they differ or other things mix in.
     */
    public String descriptor() {
        String d = null;
        for (Node n : nodes) {
            if (d != null && !d.equals(n.descriptor)) {
                return null;
            }
            d = n.descriptor;
        }
        return other ? null : d;
    }

    /** One of the nodes; all of them are unified wherever the value is used. */
    public Node node() {
        return nodes.iterator().next().representative();
    }

    /** Whether it is a handle, or an array of handles. */
    boolean isTiered() {
        return tracked() && node().tiered;
    }

    /** Whether it is a handle, not an array of handles. */
    boolean isHandle() {
        return isTiered() && ArrayType.dimensions(node().descriptor) == 1;
    }

    /** Whether it is an array of handles, which some constant without elements may be. */
    boolean isRows() {
        return isTiered() && !other && ArrayType.dimensions(node().descriptor) == 2;
    }

    /** Whether it is a heap array that must be wrapped to become a handle. */
    boolean isHeap() {
        return tracked() && !node().tiered;
    }

    PlaceValue merge(PlaceValue that) {
        if (equals(that)) {
            return this;
        }
        if (sort != 'A' || that.sort != 'A') {
            return sort == that.sort ? this : UNUSABLE;
        }
        if (nodes.containsAll(that.nodes) && (other || !that.other)) {
            return this;
        }
        Set<Node> union = new LinkedHashSet<>(nodes);
        union.addAll(that.nodes);
        return new PlaceValue('A', union, other || that.other);
    }
}
