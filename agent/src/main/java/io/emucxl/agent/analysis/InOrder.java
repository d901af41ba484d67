package io.emucxl.agent.analysis;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * The accesses of a body that follow the order of a loop, for the accessors that C2 vectorizes.
 *
 * <p>To vectorize such a loop, C2 splits it in two, and what it does before the inner one takes the
 * time of dozens of accesses. A loop within a loop is often short, as over the row of a sparse
 * matrix, and most that only read are not vectorized on the heap either. So it counts there only
 * when it also stores in its order, as a fill or a map does.
 */
final class InOrder {
    private final Windows windows;
    private final NullReasons reasons;
    private final Set<Integer> storing = new HashSet<>();

    /**
     * @param order the instructions of the body
     * @param accesses whether the instruction of an index becomes an accessor
     */
    InOrder(Windows windows, NullReasons reasons, AbstractInsnNode[] order, IntPredicate accesses) {
        this.windows = windows;
        this.reasons = reasons;
        for (int i = 0; i < order.length; i++) {
            boolean store =
                    order[i].getOpcode() >= Opcodes.IASTORE
                            && order[i].getOpcode() <= Opcodes.SASTORE;
            if (store && accesses.test(i)) {
                storing.add(loop(i, 1));
            }
        }
    }

    /**
     * Whether it follows the order.
     *
     * @param access the index of the instruction
     * @param depth how far below the top of the stack the element's index is
     */
    boolean test(int access, int depth) {
        int loop = loop(access, depth);
        return loop >= 0 && (!windows.nested(loop) || storing.contains(loop));
    }

    private int loop(int access, int depth) {
        for (int local : reasons.terms(access, depth)) {
            int loop = windows.counting(access, local);
            if (loop >= 0) {
                return loop;
            }
        }
        return -1;
    }
}
