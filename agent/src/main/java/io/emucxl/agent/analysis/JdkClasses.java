package io.emucxl.agent.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes that come with the JDK. Which these are the JVM decides by packages: a package of one
 * of its modules is looked for nowhere else, so a jar's copy of {@code org.xml.sax} is never loaded
 * from a class path. Names do not tell: {@code javax.crypto} is the JDK's, {@code javax.inject} is
 * not.
 */
public final class JdkClasses {
    private static final Map<String, Module> PACKAGES = packages();

    private JdkClasses() {}

    private static Map<String, Module> packages() {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        Map<String, Module> all = new HashMap<>();
        for (Module m : ModuleLayer.boot().modules()) {
            // Modules of the program have the system's class loader.
            if (m.getClassLoader() == null || m.getClassLoader() == platform) {
                for (String name : m.getPackages()) {
                    all.put(name.replace('.', '/'), m);
                }
            }
        }
        return all;
    }

    /** Whether the class of this internal name, if there is one, is the JDK's. */
    public static boolean has(String internalName) {
        return moduleOf(internalName) != null;
    }

    /** The class file of a class of the JDK, or null when it has no such class. */
    static byte[] file(String internalName) throws IOException {
        Module module = moduleOf(internalName);
        try (InputStream in = module.getResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static Module moduleOf(String internalName) {
        int end = internalName.lastIndexOf('/');
        return end < 0 ? null : PACKAGES.get(internalName.substring(0, end));
    }
}
