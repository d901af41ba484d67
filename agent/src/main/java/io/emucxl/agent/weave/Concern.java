package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.MemberNames;
import io.emucxl.agent.analysis.Plan;
import java.util.Arrays;
import java.util.List;

/**
 * Which classes a plan may concern. Every class with an array in it is asked about when it is
 * loaded, so the answer for nearly all of them comes from the few descriptors with arrays in its
 * constant pool.
 */
final class Concern {

    private final Plan plan;

    private final MemberNames names;

    Concern(Plan plan) {
        this.plan = plan;
        names = new MemberNames(plan);
    }

    Plan plan() {
        return plan;
    }

    /**
     * Whether the class may need rewriting: it is in the plan, or names a member of it in a class
     * that may have it, or overrides one.
     */
    boolean isOf(String className, ConstantPool pool) {
        if (plan.classes().contains(className)) {
            return true;
        }
        int[] descriptors = descriptors(pool);
        return descriptors.length > 0
                && (isIn(pool.mentioned(descriptors))
                        || (mayInherit(pool) && isIn(pool.declared(descriptors))));
    }

    /** The entries that are descriptors of members of the plan. */
    private int[] descriptors(ConstantPool pool) {
        int[] arrays = pool.arrays();
        int[] found = new int[arrays.length];
        int count = 0;
        for (int utf8 : arrays) {
            if (!names.of(pool.text(utf8)).isEmpty()) {
                found[count] = utf8;
                count++;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean isIn(List<ConstantPool.Member> members) {
        for (ConstantPool.Member member : members) {
            if (!isOfJdk(member.owner()) && names.of(member.descriptor()).contains(member.name())) {
                return true;
            }
        }
        return false;
    }

    /** Whether there may be a class of the program above it. */
    private static boolean mayInherit(ConstantPool pool) {
        for (String parent : pool.parents()) {
            if (!isOfJdk(parent)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a class of the JDK, which inherits from no class of a program. */
    private static boolean isOfJdk(String internalName) {
        return internalName.startsWith("java/");
    }
}
