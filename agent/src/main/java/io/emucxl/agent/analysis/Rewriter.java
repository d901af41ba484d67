package io.emucxl.agent.analysis;

import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Rewrites class files to a plan, and keeps what it has read of the classes around them. Never
 * loads a class. Not thread-safe.
 */
public final class Rewriter {
    private final World world;
    private final ClassStore store;
    private final PlannedMembers members;
    private final Map<Integer, Target> origins;

    /**
     * A rewriter of the classes of a world.
     *
     * @param world where the hierarchy of the members that they name is looked up
     * @param plan what to rewrite
     * @param origins the targets by number, for messages
     */
    public Rewriter(World world, Plan plan, Map<Integer, Target> origins) {
        this.world = world;
        this.store = ClassStore.withoutBodies(world);
        this.members = new PlannedMembers(store, plan);
        this.origins = origins;
    }

    /**
     * Rewrites one class.
     *
     * @param classFile the class as it was compiled
     * @return the outcome, or null when the class needs no change
     * @throws RewriteException when the class cannot be rewritten; it must not run beside classes
     *     that were
     */
    public Rewritten rewrite(byte[] classFile) throws RewriteException {
        String name = "a class";
        store.forgetAbsent();
        try {
            ClassReader reader = new ClassReader(classFile);
            name = reader.getClassName().replace('/', '.');
            return new ClassRewriter(store, world, members, origins).rewrite(reader);
        } catch (AnalyzerException | RuntimeException e) {
            // Odd bytecode, or a method that outgrew 64 KiB.
            throw new RewriteException("%s cannot be rewritten (%s)".formatted(name, e), e);
        }
    }
}
