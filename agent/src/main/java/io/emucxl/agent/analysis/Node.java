package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * A place where an array value can be, or an instruction that brings one forth.
 *
 * <p>Nodes that must have one representation are unified; between the others values flow along
 * directed edges. A heap array can flow into a tiered place, because a handle can wrap it; a tiered
 * array can never flow into a heap place.
 */
public final class Node {
    /** What a node stands for. */
    public enum Kind {
        /** A field of some class. */
        FIELD,
        /** A parameter of a method whose callers we know, or of its tiered version. */
        PARAMETER,
        /** What a method returns to callers that we know. */
        RETURN,
        /** A parameter as code that is not rewritten passes it. */
        ENTRY,
        /** An instruction that makes an array. */
        ALLOCATION,
        /** An instruction that makes a copy of an array. */
        COPY,
        /** A value that an instruction reads from another place, or gets from a call. */
        READ,
        /** The rows of an array of arrays. */
        ROWS
    }

    final Kind kind;
    final String descriptor;
    final Object place;

    private Node parent = this;
    private int rank;
    private Node rows;
    private Node container;

    final List<Node> successors = new ArrayList<>(2);
    final List<Node> predecessors = new ArrayList<>(2);

    /** Those of the predecessors whose arrays come here whatever versions of methods we choose. */
    final List<Node> hardPredecessors = new ArrayList<>(2);

    private List<Node> members;

    /** Whether a field is among the members. */
    private boolean field;

    /** Whether an instruction that makes arrays is among the members. */
    private boolean makesArrays;

    Escape escape;

    /** Where it is returned to callers that are not rewritten, who would do with a copy. */
    Escape leak;

    /** Whether somebody wants what is here placed. */
    boolean wanted;

    /** Whether copies of what is here may be returned, of those that are wanted. */
    boolean copies;

    /** Whether a body stores it in a field without further ado. */
    boolean kept;

    /** Whether it stays on the heap whatever versions of methods we choose. */
    boolean hard;

    boolean tiered;
    int target = -1;
    int mark;

    /**
     * @param kind what the node stands for
     * @param descriptor the type of the array
     * @param place the field or method, or null for a node that only one method's body knows
     */
    Node(Kind kind, String descriptor, Object place) {
        this.kind = kind;
        this.descriptor = descriptor;
        this.place = place;
        this.field = kind == Kind.FIELD;
        this.makesArrays = kind == Kind.ALLOCATION || kind == Kind.COPY;
    }

    /** The node that stands for everything that was unified with this one. */
    Node representative() {
        Node n = this;
        while (n.parent != n) {
            n.parent = n.parent.parent;
            n = n.parent;
        }
        return n;
    }

    /** All nodes that were unified with this one, and itself. */
    List<Node> members() {
        Node r = representative();
        return r.members == null ? List.of(r) : r.members;
    }

    /** Whether this representative stands for a field. */
    boolean isField() {
        return field;
    }

    /** Whether this representative stands for an instruction that makes arrays. */
    boolean makesArrays() {
        return makesArrays;
    }

    /** The node of the rows of this array of arrays. */
    Node rows() {
        Node r = representative();
        if (r.rows == null) {
            r.rows = new Node(Kind.ROWS, descriptor.substring(1), null);
            r.rows.container = r;
        }
        return r.rows.representative();
    }

    /** The rows of this representative, or the array whose rows it is, when known. */
    Node linkedRows() {
        return rows == null ? null : rows.representative();
    }

    Node linkedContainer() {
        return container == null ? null : container.representative();
    }

    /** Makes one of two: from now on they have one representation. */
    static Node unify(Node x, Node y) {
        Node a = x.representative();
        Node b = y.representative();
        if (a == b) {
            return a;
        }
        if (a.rank < b.rank) {
            Node t = a;
            a = b;
            b = t;
        }
        if (a.rank == b.rank) {
            a.rank++;
        }
        b.parent = a;
        if (a.members == null) {
            a.members = new ArrayList<>();
            a.members.add(a);
        }
        a.members.addAll(b.members == null ? List.of(b) : b.members);
        b.members = null;
        a.field |= b.field;
        a.makesArrays |= b.makesArrays;
        a.mark |= b.mark;
        a.successors.addAll(b.successors);
        a.predecessors.addAll(b.predecessors);
        a.hardPredecessors.addAll(b.hardPredecessors);
        if (a.escape == null) {
            a.escape = b.escape;
        }
        if (a.leak == null) {
            a.leak = b.leak;
        }
        a.tiered |= b.tiered;
        if (a.target < 0) {
            a.target = b.target;
        }
        if (a.container == null) {
            a.container = b.container;
        } else if (b.container != null) {
            unify(a.container, b.container);
        }
        Node ra = a.rows;
        Node rb = b.rows;
        if (ra == null) {
            a.rows = rb;
            if (rb != null) {
                rb.representative().container = a;
            }
        } else if (rb != null) {
            unify(ra, rb);
        }
        return a.representative();
    }

    /** Lets values flow from one place to another; arrays of arrays cannot be wrapped, so unify. */
    static void flow(Node from, Node to) {
        if (ArrayType.dimensions(from.descriptor) > 1) {
            unify(from, to);
            return;
        }
        edge(from, to, true);
    }

    /** Lets an array of arrays flow that has no elements, and so can be wrapped. */
    static void flowOfEmpty(Node from, Node to) {
        edge(from, to, true);
    }

    /**
     * The same for a flow that is there only because the version with handles of a method was
     * chosen. Arrays of arrays have one representation at both ends, yet remain two.
     */
    static void flowByChoice(Node from, Node to) {
        edge(from, to, false);
        if (ArrayType.dimensions(from.descriptor) > 1) {
            edge(to, from, false);
            flowByChoice(from.rows(), to.rows());
            if (ArrayType.dimensions(from.descriptor) == 2) {
                edge(to.rows(), from.rows(), false);
            }
        }
    }

    private static void edge(Node from, Node to, boolean hard) {
        Node a = from.representative();
        Node b = to.representative();
        if (a != b) {
            a.successors.add(b);
            b.predecessors.add(a);
            if (hard) {
                b.hardPredecessors.add(a);
            }
        }
    }

    /** Records that this must stay on the heap; the first reason stays. */
    void escapes(Escape why) {
        Node r = representative();
        if (r.escape == null) {
            r.escape = why;
        }
    }

    /** Records that it is returned to callers that are not rewritten. */
    void leaks(Escape where) {
        Node r = representative();
        if (r.leak == null) {
            r.leak = where;
        }
    }

    /** Whether the node is known outside of one method's body. */
    boolean global() {
        return place != null;
    }

    @Override
    public String toString() {
        return kind + " " + descriptor + (place == null ? "" : " " + place);
    }
}
