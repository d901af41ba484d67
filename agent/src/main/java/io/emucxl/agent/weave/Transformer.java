package io.emucxl.agent.weave;

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
    private final Map<ClassLoader, LoaderPlans> plans = new WeakHashMap<>();

    /** The loader of Spring Boot's own loader, in a program that is started from its jar. */
    private volatile ClassLoader launcher;

    /** The plans of the loader that a jar of Spring Boot will make, until it has made it. */
    private LoaderPlans awaited;

    Transformer(Weaver weaver) {
        this.weaver = weaver;
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
        if (loader == null
                || loader == platform
                || loader == ours
                || !ConstantPool.mayHavePrimitiveArrays(file)) {
            return null;
        }
        String name = given == null ? "a class without a name" : given;
        if (loader == launcher && name.startsWith(BootJar.LOADER)) {
            return null;
        }
        try {
            ConstantPool pool = ConstantPool.read(file);
            if (pool == null) {
                leave(name, "malformed class file");
                return null;
            }
            if (!pool.hasPrimitiveArrays()) {
                return null;
            }
            if (given == null) {
                // Who defines a class need not say how it is called.
                name = pool.className();
            }
            return plansOf(loader).apply(name, pool, file, redefined != null);
        } catch (Throwable e) {
            // Thrown from here the JVM would swallow it.
            leave(name, e.toString());
            return null;
        }
    }

    private static void leave(String name, String why) {
        Log.once(name, name.replace('/', '.') + " is left alone: " + why);
    }
}
