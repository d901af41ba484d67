package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Rewritten;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Sees every class that the program defines. Classes of the JDK and of the agent are none of its
 * business; of the others it asks the plans of their loader.
 */
final class Transformer implements ClassFileTransformer {

    private final ClassLoader ours = Transformer.class.getClassLoader();
    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final Weaver weaver;
    private final KnownFiles known;
    private final Map<ClassLoader, LoaderPlans> plans = new WeakHashMap<>();

    /** The loader of Spring Boot's own loader, in a program that is started from its jar. */
    private volatile ClassLoader launcher;

    /** The plans of the loader that a jar of Spring Boot will make, until it has made it. */
    private LoaderPlans awaited;

    /**
     * @param known the class files that a stored plan does nothing with, or null
     */
    Transformer(Weaver weaver, KnownFiles known) {
        this.weaver = weaver;
        this.known = known;
    }

    /**
     * The plans of the classes that the program is started with: those of the class path and the
     * module path, or those in a jar of Spring Boot.
     */
    LoaderPlans startPlans() {
        try (BootJar jar = BootJar.started()) {
            if (jar != null) {
                LoaderPlans inside = new LoaderPlans(LoaderWorld.of(jar), weaver);
                synchronized (plans) {
                    awaited = inside;
                }
                launcher = ClassLoader.getSystemClassLoader();
                return inside;
            }
        } catch (IOException e) {
            // What is in it is looked at when its loader is there.
        }
        return plansOf(ClassLoader.getSystemClassLoader());
    }

    /** The plans of the classes that this loader defines. */
    LoaderPlans plansOf(ClassLoader loader) {
        synchronized (plans) {
            LoaderPlans found = plans.get(loader);
            if (found == null) {
                ClassLoader parent = loader.getParent();
                LoaderPlans above =
                        parent == null || parent == platform || parent == ours
                                ? null
                                : plansOf(parent);
                if (awaited != null && BootJar.isLoader(loader)) {
                    found = awaited;
                    found.bind(loader, above);
                    awaited = null;
                } else {
                    found = new LoaderPlans(loader, above, weaver);
                }
                plans.put(loader, found);
            }
            return found;
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String given,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] file) {
        if (loader == null || loader == platform || loader == ours) {
            return null;
        }
        String name = given == null ? "a class without a name" : given;
        if (loader == launcher && name.startsWith(BootJar.LOADER)) {
            return null;
        }
        try {
            return known == null || given == null
                    ? transform(loader, name, given == null, file, redefined != null)
                    : transformKnown(loader, name, file, redefined != null);
        } catch (Throwable e) {
            // Thrown from here the JVM would swallow it.
            leave(name, e.toString());
            return null;
        }
    }

    private byte[] transformKnown(
            ClassLoader loader, String name, byte[] file, boolean redefinition) {
        long fingerprint = Fingerprint.of(file);
        int what = known.of(fingerprint);
        if (what == KnownFiles.WITHOUT_ARRAYS) {
            return null;
        }
        Rewritten ahead = plansOf(loader).ahead(name, fingerprint, what, redefinition);
        if (ahead == null) {
            return transform(loader, name, false, file, redefinition);
        }
        return ahead == StoredCode.UNCHANGED ? null : weaver.define(loader, name, ahead);
    }

    /**
     * @param nameless whether the name is none: who defines a class need not say how it is called
     */
    private byte[] transform(
            ClassLoader loader, String name, boolean nameless, byte[] file, boolean redefinition) {
        if (!ConstantPool.mayHavePrimitiveArrays(file)) {
            return null;
        }
        ConstantPool pool = ConstantPool.read(file);
        if (pool == null) {
            leave(name, "malformed class file");
            return null;
        }
        return pool.hasPrimitiveArrays()
                ? plansOf(loader)
                        .apply(nameless ? pool.className() : name, pool, file, redefinition)
                : null;
    }

    private static void leave(String name, String why) {
        Log.once(name, name.replace('/', '.') + " is left alone: " + why);
    }
}
