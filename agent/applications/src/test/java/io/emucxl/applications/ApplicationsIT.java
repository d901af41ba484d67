package io.emucxl.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
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
     * Started plain, with the analysis, and with a stored plan; for the times, plain and with the
     * plan in turn, as often as the system property {@code web.starts} says.
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
        List<WebStart> off = new ArrayList<>(List.of(WebStart.of(jvm, directory, List.of())));
        List<WebStart> on = new ArrayList<>();
        WebStart analysed = WebStart.of(jvm, directory, List.of(agent));
        WebStart watched = WebStart.of(jvm, directory, List.of(agent, plan, logged));
        on.add(WebStart.of(jvm, directory, List.of(agent, plan)));
        for (int i = Integer.getInteger("web.starts", 1); i > 1; i--) {
            on.add(WebStart.of(jvm, directory, List.of(agent, plan)));
            off.add(WebStart.of(jvm, directory, List.of()));
        }
        for (WebStart start : List.of(analysed, watched, on.get(0))) {
            assertEquals(off.get(0).answers(), start.answers(), start.err());
            List<String> said = Application.said(start.err());
            assertEquals(1, said.size(), said.toString());
            Matcher placed = PLACED.matcher(said.get(0));
            assertTrue(placed.find() && Integer.parseInt(placed.group(1)) > MANY, said.get(0));
        }
        assertTrue(!Files.readString(log).contains("io.emucxl.agent.weave.ClassIndex "));
        System.out.printf(
                "Spring Boot, %s: the first answer after %s, with a stored plan %s, analysed %s;"
                        + " medians of %d%n",
                jvm, times(off), times(on), times(List.of(analysed)), off.size());
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

    private static String times(List<WebStart> starts) {
        return "%.0f ms (CPU %.0f ms)"
                .formatted(
                        median(starts.stream().mapToLong(WebStart::millis)),
                        median(starts.stream().mapToLong(WebStart::cpuMillis)));
    }

    private static double median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }
}
