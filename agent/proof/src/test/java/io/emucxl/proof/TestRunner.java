package io.emucxl.proof;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes and writes a line for each test: {@code RESULTS ENGINE CLASS-NAME-PATTERN
 * (PACKAGE | =CLASS)...}. The system property {@code proof.java.version} is the version of Java
 * that the tests are told.
 */
public final class TestRunner {
    private TestRunner() {}

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        String told = System.getProperty("proof.java.version");
        if (told != null) {
            System.setProperty("java.version", told);
        }
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request()
                        .filters(EngineFilter.includeEngines(args[1]))
                        .filters(includeClassNamePatterns(args[2]));
        for (String place : Arrays.asList(args).subList(3, args.length)) {
            request.selectors(
                    place.startsWith("=")
                            ? DiscoverySelectors.selectClass(place.substring(1))
                            : DiscoverySelectors.selectPackage(place));
        }
        Lines lines = new Lines();
        LauncherDiscoveryRequest all = request.build();
        LauncherFactory.create().execute(all, lines);
        Collections.sort(lines.all);
        Files.write(Path.of(args[0]), lines.all);
        // Whatever threads the tests left behind.
        System.exit(0);
    }

    /** Collects the outcomes. */
    private static final class Lines implements TestExecutionListener {
        private final List<String> all = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            all.add(test.getUniqueId() + " SKIPPED " + flat(reason));
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getThrowable().isPresent()) {
                all.add(
                        test.getUniqueId()
                                + ' '
                                + result.getStatus()
                                + result.getThrowable().map(t -> ' ' + flat(t)).orElse(""));
            }
        }

        /**
         * Without what differs from run to run: identity hash codes, and which of several tests is
         * the first that meets a class whose initializer fails; the others get another error.
         */
        private static String flat(Object o) {
            for (Throwable t = o instanceof Throwable all ? all : null;
                    t != null;
                    t = t.getCause()) {
                boolean late =
                        t instanceof NoClassDefFoundError
                                && String.valueOf(t.getMessage())
                                        .startsWith("Could not initialize class ");
                if (late || t instanceof ExceptionInInitializerError) {
                    return "a class cannot be initialized";
                }
            }
            return String.valueOf(o).replaceAll("@[0-9a-f]+\\b", "@").replaceAll("\\s+", " ");
        }
    }
}
