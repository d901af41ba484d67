package io.emucxl.agent.kit;

import io.emucxl.RegionSpace;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.runtime.TieredArray;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;

/** Where the classes are that programs in other JVMs need. */
final class Classpath {
    /** The launchers. */
    static final String TESTS = place(RewritingLauncher.class);

    private Classpath() {}

    /**
     * The options of a JVM that runs {@link RewritingLauncher}: the runtime is on the boot path.
     */
    static List<String> rewriting() {
        String boot = join(TieredArray.class, RegionSpace.class);
        String analysis = join(Planner.class, ClassReader.class, ClassNode.class, Analyzer.class);
        return List.of(
                "-Xbootclasspath/a:" + boot,
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.loader=ALL-UNNAMED",
                "-cp",
                TESTS + java.io.File.pathSeparator + analysis);
    }

    private static String join(Class<?>... classes) {
        StringBuilder all = new StringBuilder();
        for (Class<?> c : classes) {
            all.append(all.length() == 0 ? "" : java.io.File.pathSeparator).append(place(c));
        }
        return all.toString();
    }

    private static String place(Class<?> c) {
        try {
            return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
