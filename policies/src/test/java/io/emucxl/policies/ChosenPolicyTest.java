package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.PlacementPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenPolicyTest {
    @TempDir Path directory;

    private PlacementPolicy choose(String policy, Map<String, String> parameters) {
        return ChosenPolicy.of(
                new PolicyFile.Placement(policy, parameters, List.of(directory.toString()), 1, 0));
    }

    private String message(String policy) {
        return assertThrows(IllegalArgumentException.class, () -> choose(policy, Map.of()))
                .getMessage()
                .replace(directory.toString(), "DIR");
    }

    private void compile(String name, String body) throws Exception {
        Path source = directory.resolve("own").resolve(name + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package own;\n" + body);
        String runtime =
                Path.of(
                                PlacementPolicy.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toString();
        int exit =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", runtime, source.toString());
        assertEquals(0, exit);
    }

    @Test
    void oneOfOursByName() {
        assertInstanceOf(HotSet.class, choose("hotset", Map.of()));
        assertEquals("lru", choose("lru", Map.of()).name());
    }

    @Test
    void aClassOfTheUsersOwn() throws Exception {
        compile(
                "Still",
                """
                public class Still implements io.emucxl.runtime.PlacementPolicy {
                    public String name() { return "still"; }
                    public void decide(Observation observed, Moves moves) {}
                }
                """);
        PlacementPolicy policy = choose("own.Still", Map.of());
        assertEquals("still", policy.name());
        assertNotSame(ChosenPolicy.class.getClassLoader(), policy.getClass().getClassLoader());
    }

    @Test
    void aClassOfTheUsersOwnTakesItsParameters() throws Exception {
        compile(
                "Named",
                """
                public class Named implements io.emucxl.runtime.PlacementPolicy {
                    private final String name;
                    public Named(java.util.Map<String, String> p) { name = "n" + p.get("size"); }
                    public String name() { return name; }
                    public void decide(Observation observed, Moves moves) {}
                }
                """);
        assertEquals("n7", choose("own.Named", Map.of("size", "7")).name());
        assertEquals("nnull", choose("own.Named", Map.of()).name());
        compile(
                "Deaf",
                """
                public class Deaf implements io.emucxl.runtime.PlacementPolicy {
                    public String name() { return "deaf"; }
                    public void decide(Observation observed, Moves moves) {}
                }
                """);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> choose("own.Deaf", Map.of("size", "7")))
                        .getMessage();
        assertTrue(message.contains("takes no placement.parameters"), message);
    }

    @Test
    void classesThatAreNoPolicies() throws Exception {
        assertEquals(
                "placement.policy: the class own.Missing is not on placement.classPath [DIR]",
                message("own.Missing"));
        assertTrue(
                message("java.lang.Object")
                        .endsWith("does not implement io.emucxl.runtime.PlacementPolicy"));
        compile("Closed", "public class Closed { Closed(int x) {} }");
        assertTrue(message("own.Closed").contains("has no public constructor without parameters"));
        compile(
                "Broken",
                "public class Broken { public Broken() { throw new RuntimeException(\"x y\"); } }");
        assertTrue(
                message("own.Broken").endsWith("cannot be made: java.lang.RuntimeException: x y"));
    }
}
