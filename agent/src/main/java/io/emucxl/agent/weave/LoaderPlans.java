package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.JdkClasses;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Rewriter;
import io.emucxl.agent.analysis.Rewritten;
import io.emucxl.agent.analysis.Target;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The plan for the classes of one class loader. It grows: a target that nobody knew at the start is
 * planned when its class, or the first class that mentions it, is about to be defined.
 */
final class LoaderPlans {

    /** The key of a weak map must not be held by the value. */
    private WeakReference<ClassLoader> loader;

    private final LoaderWorld world;

    private LoaderPlans above;
    private final Weaver weaver;

    /** Classes that have been searched for targets. */
    private final Set<String> searched = new HashSet<>();

    /** The classes whose targets a stored plan has; null when there is no such plan. */
    private Set<String> stored;

    private Plan plan;

    /** What the classes of the stored plan become; null when there are other plans beside it. */
    private StoredCode code;

    /** How often the plan has changed. */
    private int changes;

    /** What the plans that can be seen from here say, as of so many changes of them. */
    private Plan visiblePlan;

    /** What that concerns; null until it is asked for. */
    private Concern visible;

    private int visibleChanges;

    /** Rewrites to {@link #visible}. Soft: what it keeps of classes only saves reading it again. */
    private SoftReference<Rewriter> rewriter = new SoftReference<>(null);

    /** The plans for the classes of this world, whose loader may be yet to come. */
    LoaderPlans(LoaderWorld world, Weaver weaver) {
        loader = new WeakReference<>(null);
        this.world = world;
        world.use(weaver.serialization());
        this.weaver = weaver;
    }

    LoaderPlans(ClassLoader loader, LoaderPlans above, Weaver weaver) {
        this(LoaderWorld.of(loader), weaver);
        bind(loader, above);
    }

    /** The loader, and the plans of its parent. */
    final synchronized void bind(ClassLoader to, LoaderPlans parents) {
        loader = new WeakReference<>(to);
        above = parents;
        world.bind(to);
    }

    /**
     * What the stored plan makes of a class.
     *
     * @param fingerprint the fingerprint of its class file
     * @param known what {@link KnownFiles} know of that
     * @param redefinition whether the class exists already
     * @return the outcome, which may be {@link StoredCode#UNCHANGED}; null when the plan does not
     *     tell, or others count too
     */
    synchronized Rewritten ahead(String name, long fingerprint, int known, boolean redefinition) {
        if (code != null) {
            noticeChanges();
        }
        if (code == null) {
            return null;
        }
        Rewritten found =
                known == KnownFiles.UNTOUCHED ? StoredCode.UNCHANGED : code.find(name, fingerprint);
        if (found != null && !redefinition) {
            world.define(name);
        }
        return found;
    }

    /**
     * The class file with the changes of all plans, or null when it is to stay as it is.
     *
     * @param redefinition whether the class exists already, so that it is too late for new plans
     */
    synchronized byte[] apply(String name, ConstantPool pool, byte[] file, boolean redefinition) {
        if (!redefinition) {
            search(name, pool, file);
            world.define(name);
        }
        Concern concern = concern();
        if (concern == null || !concern.isOf(name, pool)) {
            return null;
        }
        world.current(name, file);
        Rewriter current = rewriter.get();
        if (current == null) {
            current = weaver.rewriter(world, concern.plan());
            rewriter = new SoftReference<>(current);
        }
        return weaver.rewrite(loader.get(), current, name, pool, file);
    }

    /** What all plans that can be seen from here concern; null when there are none. */
    private Concern concern() {
        noticeChanges();
        if (visible == null && visiblePlan != null) {
            visible = new Concern(visiblePlan);
        }
        return visible;
    }

    /** Puts together what all plans that can be seen from here say now. */
    private void noticeChanges() {
        int now = allChanges();
        if (now == visibleChanges) {
            return;
        }
        visibleChanges = now;
        rewriter.clear();
        visible = null;
        Plan inherited = inheritedPlans();
        if (plan == null || inherited == null) {
            visiblePlan = plan == null ? inherited : plan;
        } else {
            visiblePlan = plan.and(inherited);
            code = null;
        }
    }

    private synchronized int allChanges() {
        return above == null ? changes : changes + above.allChanges();
    }

    /** Plans what is found in this class and in the classes whose arrays it touches. */
    private void search(String name, ConstantPool pool, byte[] file) {
        TargetFinder.Found found = new TargetFinder.Found();
        if (stored != null && (stored.contains(name) || !TargetFinder.isMarked(pool))) {
            return;
        }
        world.current(name, file);
        if (searched.add(name)) {
            find(name, pool, file, found);
        }
        List<String> owners = pool.parents();
        for (ConstantPool.Member member : pool.arrayMembers()) {
            owners.add(member.owner());
        }
        for (int i = 0; i < owners.size(); i++) {
            String owner = owners.get(i);
            if (JdkClasses.has(owner) || owner.startsWith("[") || !searched.add(owner)) {
                continue;
            }
            byte[] ownerFile = world.classFile(owner);
            ConstantPool ownerPool = ownerFile == null ? null : ConstantPool.read(ownerFile);
            if (ownerPool != null) {
                owners.addAll(ownerPool.parents());
                find(owner, ownerPool, ownerFile, found);
            }
        }
        if (!found.isEmpty()) {
            weaver.sayLate(name.replace('/', '.'), found, make(found));
        }
    }

    private void find(String name, ConstantPool pool, byte[] file, TargetFinder.Found found) {
        // What another loader defines is planned there.
        if (weaver.finder().mayHaveTargets(name, pool)
                && !world.isInherited(name)
                && weaver.isReadable(name, pool)) {
            weaver.finder().find(file, found);
        }
    }

    /** Makes a plan for these targets and adds it to the one in force. */
    synchronized Plan make(TargetFinder.Found found) {
        weaver.markDefined(loader.get(), world);
        Plan made = weaver.plan(found, world);
        if (!made.placed().isEmpty()) {
            plan = plan == null ? made : plan.and(made);
            code = null;
            changes++;
        }
        return made;
    }

    /**
     * Takes a plan that was made ahead. From then on only classes that are not on the class path,
     * and are marked, are searched for targets.
     *
     * @param ahead the plan
     * @param with the code of its classes, or null
     * @param found its targets, as the runtime knows them
     * @return what became of it, or null when a class that it changes is loaded already
     */
    synchronized Plan take(StoredPlan ahead, StoredCode with, TargetFinder.Found found) {
        weaver.markDefined(loader.get(), world);
        for (String name : ahead.plan().classes()) {
            if (world.isDefined(name)) {
                return null;
            }
        }
        stored = new HashSet<>();
        for (Target target : found.targets()) {
            stored.add(target.field().owner());
        }
        for (Refusal refusal : found.refused()) {
            stored.add(refusal.field().owner());
        }
        StoredCode fitting = StoredPlan.isNumbered(found.targets()) ? with : null;
        Plan taken = weaver.carryOut(found, ahead.numbered(found.targets()), fitting);
        if (!taken.placed().isEmpty()) {
            plan = taken;
            code = fitting;
            changes++;
        }
        return taken;
    }

    /** The classes of the loader. */
    LoaderWorld world() {
        return world;
    }

    /** Whether this class is yet to be searched for targets; the caller does it. */
    synchronized boolean search(String internalName) {
        return searched.add(internalName);
    }

    private Plan inheritedPlans() {
        LoaderPlans parents = above;
        if (parents == null) {
            return null;
        }
        synchronized (parents) {
            parents.noticeChanges();
            return parents.visiblePlan;
        }
    }
}
