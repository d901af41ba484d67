package io.emucxl.samples.callrank;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * Finds the methods that a call can reach, by class hierarchy analysis: the method that the call
 * resolves to, and if the receiver's class decides, every method that overrides it in a subtype of
 * the class which the call names. A call whose receiver can be anything ({@code Object.hashCode}
 * and the like, with more than {@value #ANYTHING} candidates) counts as a call of the resolved
 * method alone: it says nothing about what the caller depends on.
 */
final class Dispatch {

    private static final int ANYTHING = 1024;
    private static final int NOT_OVERRIDDEN =
            Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    private final Program program;
    private int[] found = new int[16];
    private int count;

    Dispatch(Program program) {
        this.program = program;
    }

    /** The numbers of the methods that this call can reach, ascending; empty when none is known. */
    int[] targets(Program.Call call) {
        count = 0;
        Program.Type owner = program.type(call.owner());
        int resolved = owner == null ? -1 : resolve(owner, call.method());
        if (resolved < 0) {
            return new int[0];
        }
        int flags = program.access(resolved);
        boolean overridable =
                call.dispatched()
                        && (flags & NOT_OVERRIDDEN) == 0
                        && (owner.access & Opcodes.ACC_FINAL) == 0;
        if (overridable) {
            addOverriders(owner, call.method());
        }
        if (count > ANYTHING) {
            count = 0;
        }
        if (count == 0 || (flags & Opcodes.ACC_ABSTRACT) == 0) {
            add(resolved);
        }
        Arrays.sort(found, 0, count);
        return distinct();
    }

    /** The declaration that a name means in this type: its own, a superclass's, an interface's. */
    private int resolve(Program.Type type, String method) {
        Integer own = type.methods.get(method);
        if (own != null) {
            return own;
        }
        for (String parent : type.parents) {
            Program.Type next = program.type(parent);
            int inherited = next == null ? -1 : resolve(next, method);
            if (inherited >= 0) {
                return inherited;
            }
        }
        return -1;
    }

    private void addOverriders(Program.Type owner, String method) {
        Set<Program.Type> seen = new HashSet<>();
        Deque<Program.Type> open = new ArrayDeque<>();
        open.add(owner);
        while (!open.isEmpty()) {
            for (Program.Type child : open.remove().children) {
                if (seen.add(child)) {
                    open.add(child);
                    Integer overrider = child.methods.get(method);
                    if (overrider != null
                            && (program.access(overrider)
                                            & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC))
                                    == 0) {
                        add(overrider);
                    }
                }
            }
        }
    }

    private void add(int method) {
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        found[count] = method;
        count++;
    }

    private int[] distinct() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || found[i] != found[i - 1]) {
                found[kept] = found[i];
                kept++;
            }
        }
        return Arrays.copyOf(found, kept);
    }
}
