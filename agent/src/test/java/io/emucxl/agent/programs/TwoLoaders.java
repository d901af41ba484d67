package io.emucxl.agent.programs;

import java.net.URL;
import java.net.URLClassLoader;

/** Runs {@link Plain} twice, in two class loaders that both define it. */
public final class TwoLoaders {
    private TwoLoaders() {}

    public static void main(String[] arguments) throws Exception {
        Plain.main(arguments);
        URL classes = TwoLoaders.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader other = new URLClassLoader(new URL[] {classes}, platform)) {
            other.loadClass(Plain.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        }
    }
}
