package io.emucxl.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole applications print the same with their libraries' arrays placed, on every JDK. What they
 * take is printed and not judged: a shared machine says little.
 */
class ApplicationsIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";
    private static final Pattern WORK = Pattern.compile("(?m)^work ([0-9]+) ms$");
    private static final Pattern PLACED = Pattern.compile("; ([0-9]+) fields placed, ");
    private static final int MANY = 10;

    @TempDir Path directory;

    private void same(Jvm jvm, String library, String packageName, Class<?> main)
            throws IOException {
        Path policy =
                Files.writeString(directory.resolve("p.yaml"), Application.policy(packageName));
        long start = System.nanoTime();
        Jvm.Result off = jvm.run(Application.command(List.of(), library, main, "3"));
        long between = System.nanoTime();
        List<String> agent = List.of("-javaagent:" + Application.AGENT + "=" + policy);
        Jvm.Result on = jvm.run(Application.command(agent, library, main, "3"));
        long end = System.nanoTime();
        assertEquals(0, off.exit(), off.err());
        assertEquals(0, on.exit(), on.err());
        assertEquals(off.out(), on.out());
        assertTrue(off.out().lines().count() > MANY, off.out());
        List<String> said = Application.said(on.err());
        assertEquals(1, said.size(), said.toString());
        Matcher placed = PLACED.matcher(said.get(0));
        assertTrue(placed.find() && Integer.parseInt(placed.group(1)) > MANY, said.get(0));
        System.out.printf(
                "%s, %s: %s fields placed; all %.2f times as long, the work %.2f times%n",
                main.getSimpleName(),
                jvm,
                placed.group(1),
                (double) (end - between) / (between - start),
                work(on) / work(off));
    }

    private static double work(Jvm.Result result) {
        Matcher work = WORK.matcher(result.err());
        assertTrue(work.find(), result.err());
        return Double.parseDouble(work.group(1));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void anSqlSessionWithH2(Jvm jvm) throws IOException {
        same(jvm, "h2", "org.h2", H2Session.class);
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void indexingAndSearchWithLucene(Jvm jvm) throws IOException {
        same(jvm, "lucene-core", "org.apache.lucene", LuceneSearch.class);
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void theAlgorithmsOfBouncyCastle(Jvm jvm) throws IOException {
        same(jvm, "bcprov-jdk18on", "org.bouncycastle", Cryptography.class);
    }

    /**
     * Started plain, with the analysis, and with a stored plan; then for the times, in as many
     * rounds as the system property {@code web.starts} says.
     */
    @ParameterizedTest
    @MethodSource(JVMS)
    void aServiceInAJarOfSpringBoot(Jvm jvm) throws IOException, InterruptedException {
        Path policy =
                Files.writeString(
                        directory.resolve("p.yaml"),
                        Application.policy("com.carrotsearch.hppc", "org.apache.tomcat.util.buf"));
        String plan = "-Demucxl.plan=" + plan(jvm, policy);
        String agent = "-javaagent:" + Application.AGENT + "=" + policy;
        Path log = directory.resolve("loaded");
        String logged = "-Xlog:class+load:file=" + log;
        WebStart plain = WebStart.of(jvm, directory, List.of());
        for (List<String> options : List.of(List.of(agent), List.of(agent, plan, logged))) {
            WebStart start = WebStart.of(jvm, directory, options);
            assertEquals(plain.answers(), start.answers(), start.err());
            List<String> said = Application.said(start.err());
            assertEquals(1, said.size(), said.toString());
            Matcher placed = PLACED.matcher(said.get(0));
            assertTrue(placed.find() && Integer.parseInt(placed.group(1)) > MANY, said.get(0));
        }
        assertTrue(!Files.readString(log).contains("io.emucxl.agent.weave.ClassIndex "));
        Map<String, List<String>> options = new LinkedHashMap<>();
        Path empty = EmptyAgent.jar(directory.resolve("empty.jar"));
        options.put("an agent with an empty transformer", List.of("-javaagent:" + empty));
        options.put("a stored plan", List.of(agent, plan));
        int rounds = Integer.getInteger("web.starts", 1);
        System.out.printf(
                "Spring Boot, %s: %s%n", jvm, StartTimes.of(jvm, directory, rounds, options));
    }

    private static Path plan(Jvm jvm, Path policy) {
        Path plan = policy.resolveSibling("web.plan");
        Jvm.Result stored =
                jvm.run(
                        List.of(
                                "-jar",
                                Application.AGENT.toString(),
                                "explain",
                                "--policy",
                                policy.toString(),
                                "--plan",
                                plan.toString(),
                                Application.WEB.toString()));
        assertEquals(0, stored.exit(), stored.err());
        return plan;
    }
}
