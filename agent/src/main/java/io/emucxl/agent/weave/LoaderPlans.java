package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Plan;
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
    private final WeakReference<ClassLoader> loader;

    private final LoaderWorld world;

    private final LoaderPlans above;
    private final Weaver weaver;

    /** Classes that have been searched for targets. */
    private final Set<String> searched = new HashSet<>();

    private Plan plan;

    LoaderPlans(ClassLoader loader, LoaderPlans above, Weaver weaver) {
        this.loader = new WeakReference<>(loader);
        world = LoaderWorld.of(loader);
        this.above = above;
        this.weaver = weaver;
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
        Plan visible = visiblePlans();
        if (visible == null) {
            return null;
        }
        world.current(name, file);
        return weaver.rewrite(loader.get(), world, name, pool, file, visible);
    }

    /** Plans what is found in this class and in the classes whose arrays it touches. */
    private void search(String name, ConstantPool pool, byte[] file) {
        TargetFinder.Found found = new TargetFinder.Found();
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
            if (owner.startsWith("java/") || owner.startsWith("[") || !searched.add(owner)) {
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
        if (weaver.finder().mayHaveTargets(name, pool) && weaver.isReadable(name, pool)) {
            weaver.finder().find(file, found);
        }
    }

    /** Makes a plan for these targets and adds it to the one in force. */
    synchronized Plan make(TargetFinder.Found found) {
        weaver.markDefined(loader.get(), world);
        Plan made = weaver.plan(found, world);
        if (!made.placed().isEmpty()) {
            plan = plan == null ? made : plan.and(made);
        }
        return made;
    }

    /** The classes of the loader. */
    LoaderWorld world() {
        return world;
    }

    /** Whether this class is yet to be searched for targets; the caller does it. */
    synchronized boolean search(String internalName) {
        return searched.add(internalName);
    }

    private Plan visiblePlans() {
        if (above == null) {
            return plan;
        }
        Plan inherited;
        synchronized (above) {
            inherited = above.visiblePlans();
        }
        if (plan == null || inherited == null) {
            return plan == null ? inherited : plan;
        }
        return plan.and(inherited);
    }
}
