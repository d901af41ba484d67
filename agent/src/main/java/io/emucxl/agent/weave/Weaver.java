package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Escape;
import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.RewriteException;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.agent.analysis.Target;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.NullMessages;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.Opcodes;

/** Makes plans and carries them out, and tells the user. */
final class Weaver {

    /** The newest class file version that the ASM in the agent's jar reads. */
    private static final int NEWEST = Opcodes.V26;

    private final Instrumentation instrumentation;
    private final PolicyFile policy;
    private final TargetFinder finder;
    private final RuntimeStart runtime;
    private final ClassDump dump;
    private final Serialization serialization;

    /** The targets of all plans, by number. */
    private final Map<Integer, Target> origins = new ConcurrentHashMap<>();

    Weaver(
            Instrumentation instrumentation,
            PolicyFile policy,
            TargetFinder finder,
            RuntimeStart runtime,
            ClassDump dump) {
        this.instrumentation = instrumentation;
        this.policy = policy;
        this.finder = finder;
        this.runtime = runtime;
        this.dump = dump;
        this.serialization = new Serialization(instrumentation);
    }

    Serialization serialization() {
        return serialization;
    }

    TargetFinder finder() {
        return finder;
    }

    /** Whether ASM can read the class file; says so, once, when it cannot. */
    boolean isReadable(String name, ConstantPool pool) {
        if (pool.major() <= NEWEST) {
            return true;
        }
        Log.once(
                name,
                name.replace('/', '.')
                        + " is left alone: its class file version "
                        + pool.major()
                        + " is newer than this agent knows ("
                        + NEWEST
                        + ")");
        return false;
    }

    /** Marks the classes of this loader that exist already. */
    void markDefined(ClassLoader loader, LoaderWorld world) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() == loader && !loaded.isArray()) {
                world.define(loaded.getName().replace('.', '/'));
            }
        }
    }

    /**
     * Plans these targets. The first plan that places something starts the runtime; when that
     * fails, nothing is placed.
     */
    Plan plan(TargetFinder.Found found, LoaderWorld world) {
        return carryOut(
                found,
                found.targets.isEmpty() ? Plan.EMPTY : Planner.plan(world, found.targets),
                null);
    }

    /**
     * Puts a plan for these targets into force; what is refused is said.
     *
     * @param ahead the code of classes that was stored with the plan, or null
     */
    Plan carryOut(TargetFinder.Found found, Plan plan, StoredCode ahead) {
        if (!plan.placed().isEmpty() && !runtime.ensureStarted(ahead, found.targets.size())) {
            return Plan.EMPTY;
        }
        for (Target target : found.targets) {
            origins.put(target.number(), target);
        }
        warn(found.refused);
        warn(plan.refused());
        for (Map.Entry<FieldId, String> field : plan.copied().entrySet()) {
            if (!field.getValue().isEmpty()) {
                Log.say(field.getKey() + " is returned as a copy: " + field.getValue());
            }
        }
        return plan;
    }

    private static void warn(List<Refusal> refused) {
        for (Refusal refusal : refused) {
            Log.say(
                    refusal.field()
                            + " stays on the heap: "
                            + (refusal.at().isEmpty() ? "" : refusal.at() + ": ")
                            + refusal.reason());
        }
    }

    /** Says what became of targets that were found while the program ran. */
    void sayLate(String title, TargetFinder.Found found, Plan plan) {
        int refused = found.refused.size() + plan.refused().size();
        int placed = found.placedBy(plan);
        Log.say(title + ": " + StartLine.fields(placed) + " placed, " + refused + " refused");
        if (refused > 0 && policy.mode() == PolicyFile.Mode.STRICT) {
            Log.say("stopped: a target is refused, and the mode is strict");
            // Not exit: this thread holds locks that the program's shutdown hooks may want.
            Runtime.getRuntime().halt(1);
        }
    }

    /** A rewriter of the classes of this world. */
    Rewriter rewriter(LoaderWorld world, Plan plan) {
        return new Rewriter(world, plan, origins);
    }

    /** The class file with the changes of its plan, or null when it is to stay as it is. */
    byte[] rewrite(
            ClassLoader loader, Rewriter rewriter, String name, ConstantPool pool, byte[] file) {
        if (!isReadable(name, pool)) {
            return null;
        }
        try {
            Rewritten rewritten = rewriter.rewrite(file);
            return rewritten == null ? null : define(loader, name, rewritten);
        } catch (RewriteException e) {
            return unusable(name, e.getMessage());
        }
    }

    /** The class file of a class that was rewritten, about to be defined. */
    byte[] define(ClassLoader loader, String name, Rewritten rewritten) {
        if (rewritten.serialized() && serialization.trouble() != null) {
            return unusable(name, serialization.trouble());
        }
        for (Escape conflict : rewritten.conflicts()) {
            Log.say(conflict.at() + " fails when it runs: " + conflict.reason());
        }
        for (Rewritten.NullTable table : rewritten.nullMessages()) {
            NullMessages.register(
                    loader,
                    rewritten.className(),
                    table.methodName(),
                    table.methodDescriptor(),
                    table.offsets(),
                    table.messages());
        }
        dump.write(name, rewritten.classFile());
        return rewritten.classFile();
    }

    private static byte[] unusable(String name, String why) {
        Log.say(
                name.replace('/', '.')
                        + " cannot be loaded: it does not fit to classes that were rewritten,"
                        + " and cannot be rewritten itself: "
                        + why);
        // As it is it might call the wrong methods. This is a ClassFormatError.
        return new byte[0];
    }
}
