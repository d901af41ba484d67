package io.emucxl.agent.cli;

import io.emucxl.runtime.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Shows the main job: the same program on the heap and on two tiers. */
@Command(
        name = "demo",
        description = "Run call-rank with and without the agent, side by side",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Home.directory();
        Path jar = home.resolve("sample-apps/call-rank/target/call-rank.jar");
        Path policy = home.resolve("sample-apps/call-rank/policy.yaml");
        Path agent = home.resolve("agent/target/emucxl-agent.jar");
        Path directory = Files.createTempDirectory("emucxl-demo");
        try {
            System.err.println("emucxl: call-rank on the heap ...");
            DemoRun plain = DemoRun.of(jar, directory, List.of());
            System.err.println("emucxl: call-rank under the agent ...");
            Path file = directory.resolve("report.txt");
            DemoRun tiered =
                    DemoRun.of(
                            jar,
                            directory,
                            List.of(
                                    "-javaagent:" + agent + "=" + policy,
                                    "-Demucxl.report=" + file));
            boolean identical = plain.output().equals(tiered.output());
            DemoReport report = new DemoReport(Screen.standard());
            report.sideBySide(plain, tiered, identical);
            if (Files.exists(file)) {
                report.tiers(Report.read(file));
            } else {
                System.err.println("emucxl: the agent placed nothing and wrote no report");
            }
            return identical && Files.exists(file) ? 0 : 1;
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
