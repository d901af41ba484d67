package io.emucxl.agent.kit;

import io.emucxl.Backend;
import io.emucxl.SpaceConfig;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.agent.analysis.Target;
import io.emucxl.runtime.NullMessages;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredRuntime;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a program with every eligible array field of it placed, without an agent: {@code
 * RewritingLauncher DIRECTORY REPORT MAIN...}. The report lists what was placed and refused. Where
 * every class is nested in one of the main classes, each of these is a world of its own.
 */
public final class RewritingLauncher extends ClassLoader {
    private final ClassFilesWorld world;
    private final Rewriter rewriter;

    private RewritingLauncher(ClassFilesWorld world, Plan plan) {
        super(RewritingLauncher.class.getClassLoader());
        this.world = world;
        this.rewriter = new Rewriter(world, plan, Map.of());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = world.classFile(name.replace('.', '/'));
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            Rewritten r = rewriter.rewrite(file);
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
        TieredRuntime.start(
                Settings.still(
                        new SpaceConfig(Backend.EMULATED, 64 << 10, 0, 4 << 20, 0, 64 << 20), 1));
        ClassFilesWorld all = ClassFilesWorld.of(Path.of(args[0]));
        List<String> mains = Arrays.asList(args).subList(2, args.length);
        List<String> report = new ArrayList<>();
        boolean apart = all.nestedIn(mains);
        ClassLoader loader = apart ? null : loader(all, report);
        try {
            for (String main : mains) {
                ClassLoader own = apart ? loader(all.only(main), report) : loader;
                own.loadClass(main)
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) new String[0]);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            Files.write(Path.of(args[1]), report);
        }
    }

    /** A loader of these classes, and what became of their fields. */
    private static ClassLoader loader(ClassFilesWorld world, List<String> report) {
        List<Target> targets = new ArrayList<>();
        for (Target t : world.allTargets(false)) {
            int number = Targets.register(t.field().toString(), 0, Targets.DEFAULT_TIER);
            boolean lent = t.field().name().equals(RandomProgram.LENT);
            targets.add(new Target(t.field(), number, t.origin(), lent));
        }
        Plan plan = Planner.plan(world, targets);
        plan.placed().keySet().forEach(f -> report.add("placed " + f));
        plan.refused().forEach(r -> report.add("refused " + r));
        return new RewritingLauncher(world, plan);
    }
}
