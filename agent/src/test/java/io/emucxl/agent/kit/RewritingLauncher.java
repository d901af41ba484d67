package io.emucxl.agent.kit;

import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.runtime.NullMessages;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a program with every eligible array field of it placed, without an agent: {@code
 * RewritingLauncher DIRECTORY REPORT MAIN}. The report lists what was placed and refused.
 */
public final class RewritingLauncher extends ClassLoader {
    private final ClassFilesWorld world;
    private final Plan plan;

    private RewritingLauncher(ClassFilesWorld world, Plan plan) {
        super(RewritingLauncher.class.getClassLoader());
        this.world = world;
        this.plan = plan;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = world.classFile(name.replace('.', '/'));
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            Rewritten r = Rewriter.rewrite(file, world, plan);
            if (r != null) {
                file = r.classFile();
                for (Rewritten.NullTable t : r.nullMessages()) {
                    NullMessages.register(
                            this,
                            name,
                            t.methodName(),
                            t.methodDescriptor(),
                            t.offsets(),
                            t.messages());
                }
            }
        } catch (io.emucxl.agent.analysis.RewriteException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return defineClass(name, file, 0, file.length);
    }

    /** Entry point. */
    public static void main(String[] args) throws Throwable {
        ClassFilesWorld world = ClassFilesWorld.of(Path.of(args[0]));
        Plan plan = Planner.plan(world, world.allTargets(false));
        StringBuilder report = new StringBuilder();
        plan.placed().keySet().forEach(f -> report.append("placed ").append(f).append('\n'));
        plan.refused().forEach(r -> report.append("refused ").append(r).append('\n'));
        plan.methods().forEach((m, s) -> report.append("method " + m + ' ' + s).append('\n'));
        Files.writeString(Path.of(args[1]), report);
        Class<?> main = new RewritingLauncher(world, plan).loadClass(args[2]);
        try {
            main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
