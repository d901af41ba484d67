package io.emucxl.agent.kit;

import io.emucxl.RegionSpace;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.runtime.TieredArray;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;

/** Where the classes are that programs in other JVMs need, and the options of those JVMs. */
public final class Classpath {
    /** The launchers. */
    public static final String TESTS = place(RewritingLauncher.class);

    private Classpath() {}

    /**
     * The options of a JVM that runs {@link RewritingLauncher}: the runtime is on the boot path.
     */
    public static List<String> rewriting() {
        return rewriting("", "");
    }

    /**
     * The same with other classes in front of the product's.
     *
     * @param boot a directory with classes of the runtime
     * @param analysis a directory with classes of the analysis
     */
    public static List<String> rewriting(Path boot, Path analysis) {
        return rewriting(boot + File.pathSeparator, analysis + File.pathSeparator);
    }

    private static List<String> rewriting(String boot, String analysis) {
        return List.of(
                "-Xbootclasspath/a:" + boot + join(TieredArray.class, RegionSpace.class),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.loader=ALL-UNNAMED",
                "-cp",
                analysis
                        + TESTS
                        + File.pathSeparator
                        + join(Planner.class, ClassReader.class, ClassNode.class, Analyzer.class));
    }

    /**
     * The options of a JVM in which random programs run interpreted: in compiled code the JVM has
     * no messages for null, now and then. What runs them is too short for the second compiler.
     */
    public static List<String> interpreted() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=exclude," + RandomProgram.PACKAGE + "/*.*");
    }

    private static String join(Class<?>... classes) {
        StringBuilder all = new StringBuilder();
        for (Class<?> c : classes) {
            all.append(all.length() == 0 ? "" : File.pathSeparator).append(place(c));
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
