package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.RewriteException;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.agent.analysis.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through the classes of a plan for its file: those that the plan may concern are rewritten,
 * for {@link StoredCode}; the others become {@link KnownFiles}.
 */
final class CodeToStore implements ClassPath.ClassFileVisitor {

    private static final String CLASS = ".class";

    private final Concern concern;
    private final Rewriter rewriter;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, StoredPlan.Code> places = new HashMap<>();
    private final Set<Long> withoutArrays = new LinkedHashSet<>();
    private final Set<Long> untouched = new LinkedHashSet<>();
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private CodeToStore(World world, Plan plan) {
        concern = new Concern(plan);
        rewriter = new Rewriter(world, plan, Map.of());
    }

    /**
     * The code of the classes of these entries, and of the self-test's.
     *
     * @param plan a plan that means targets by their index
     * @param targets how many there are
     * @throws IOException when an entry cannot be read
     */
    static CodeToStore of(World world, List<ClassPath.Entry> entries, Plan plan, int targets)
            throws IOException {
        CodeToStore all = new CodeToStore(world, plan);
        if (!plan.placed().isEmpty()) {
            for (ClassPath.Entry entry : entries) {
                entry.classFiles(all);
            }
            byte[] probe = SelfTest.probe();
            try {
                all.add(SelfTest.PROBE, probe, SelfTest.rewritten(probe, targets));
            } catch (RewriteException e) {
                throw new IOException(e);
            }
        }
        return all;
    }

    /** By internal name, where the code of a class is. */
    Map<String, StoredPlan.Code> places() {
        return places;
    }

    /** The class files that the plan does nothing with. */
    KnownFiles known() {
        return KnownFiles.of(withoutArrays, untouched);
    }

    byte[] bytes() {
        return code.toByteArray();
    }

    @Override
    public void visit(String name, byte[] file) {
        try {
            ConstantPool pool = file == null ? null : ConstantPool.read(file);
            if (pool == null) {
                return;
            }
            if (pool.hasPrimitiveArrays()) {
                visit(name, pool, file);
            } else {
                withoutArrays.add(Fingerprint.of(file));
            }
        } catch (RewriteException | IOException | RuntimeException e) {
            // When it is loaded, the same will happen, and be said.
        }
    }

    private void visit(String name, ConstantPool pool, byte[] file)
            throws RewriteException, IOException {
        String className = pool.className();
        // Of several classes of one name, the first is the one that the program loads.
        if (!name.equals(className + CLASS) || !seen.add(className)) {
            return;
        }
        if (concern.isOf(className, pool)) {
            add(className, file, rewriter.rewrite(file));
        } else {
            untouched.add(Fingerprint.of(file));
        }
    }

    private void add(String className, byte[] file, Rewritten rewritten) throws IOException {
        if (rewritten != null && !rewritten.conflicts().isEmpty()) {
            // Its errors name the lines of the policy file, which may be others then.
            return;
        }
        byte[] bytes = rewritten == null ? new byte[0] : ClassCode.bytes(rewritten);
        places.put(
                className,
                new StoredPlan.Code(
                        Fingerprint.of(file), code.size(), bytes.length, Fingerprint.of(bytes)));
        code.write(bytes);
    }
}
