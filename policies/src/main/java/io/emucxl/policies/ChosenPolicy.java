package io.emucxl.policies;

import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.PlacementPolicy;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;

/** The policy that a policy file chooses: one of ours, or a class of the user's own. */
public final class ChosenPolicy {
    private ChosenPolicy() {}

    /**
     * Makes the policy.
     *
     * @throws IllegalArgumentException when there is no such class on the class path of the file,
     *     it is no {@link PlacementPolicy}, or it cannot be made by a public constructor that takes
     *     {@code placement.parameters} as a {@code Map<String, String>}, or nothing when the file
     *     gives none; the message names the class and the class path
     */
    public static PlacementPolicy of(PolicyFile.Placement placement) {
        if (placement.policy().indexOf('.') < 0) {
            return Policies.create(placement.policy(), placement.parameters());
        }
        String problem;
        try {
            // Never closed: the policy may load its classes whenever it wants.
            ClassLoader loader =
                    new URLClassLoader(
                            urls(placement.classPath()), ChosenPolicy.class.getClassLoader());
            Object policy =
                    make(Class.forName(placement.policy(), true, loader), placement.parameters());
            if (policy instanceof PlacementPolicy chosen) {
                return chosen;
            }
            problem = "does not implement " + PlacementPolicy.class.getName();
        } catch (ClassNotFoundException e) {
            problem = "is not on placement.classPath " + placement.classPath();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            problem =
                    placement.parameters().isEmpty()
                            ? "has no public constructor without parameters, or with one of type"
                                    + " java.util.Map"
                            : "takes no placement.parameters: it has no public constructor with a"
                                    + " parameter of type java.util.Map";
        } catch (ReflectiveOperationException | LinkageError e) {
            problem = "cannot be made: " + (e.getCause() == null ? e : e.getCause());
        }
        throw new IllegalArgumentException(
                "placement.policy: the class " + placement.policy() + " " + problem);
    }

    private static Object make(Class<?> type, Map<String, String> parameters)
            throws ReflectiveOperationException {
        if (parameters.isEmpty()) {
            try {
                return type.getConstructor().newInstance();
            } catch (NoSuchMethodException e) {
                // Then it takes the empty map.
            }
        }
        return type.getConstructor(Map.class).newInstance(parameters);
    }

    private static URL[] urls(List<String> paths) {
        URL[] urls = new URL[paths.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = new File(paths.get(i)).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("placement.classPath: " + paths.get(i), e);
            }
        }
        return urls;
    }
}
