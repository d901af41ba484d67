package io.emucxl.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class Table3Test {
    private static final String[] SMALL = {
        "--operations", "1000", "--repetitions", "2", "--nodes", "1000"
    };

    @Test
    void printsThePaperBesideOurs() {
        String table = run(0, SMALL);
        assertTrue(table.contains("502.980 (9.230)   567.210 (7.930)"), table);
        assertTrue(table.contains("pointer chasing"), table);
        assertEquals(table.contains("backend emulated"), table.contains("modelled"), table);
    }

    @Test
    void jsonIsOneArrayOfRecords() {
        String[] args =
                List.of("--json", "--operations", "1000", "--repetitions", "2")
                        .toArray(new String[0]);
        List<String> lines = run(0, args).lines().toList();
        assertEquals("[", lines.get(0));
        assertEquals("]", lines.get(lines.size() - 1));
        assertEquals(2 * 6 + 2, lines.size() - 2);
        for (String line : lines.subList(1, lines.size() - 1)) {
            assertTrue(line.matches("\\{\"operation\": \"[a-z]+\", .*},?"), line);
        }
    }

    @Test
    void modelsTheRemoteTierFromTheProfile() {
        String json = run(0, "--profile", "slow", "--json", "--operations", "9", "--nodes", "128");
        assertEquals(
                json.contains("\"backend\": \"emulated\""),
                json.contains(", \"profile\": \"slow\", \"modelledNanos\": 329.2}"),
                json);
    }

    @Test
    void refusesNonsense() {
        run(2, "--operations", "0");
        run(2, "--bogus");
        run(2, "--profile", "cxl-asik");
    }

    private static String run(int exit, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command =
                new CommandLine(new Table3(new PrintStream(out, true, StandardCharsets.UTF_8)));
        assertEquals(exit, command.execute(args));
        return out.toString(StandardCharsets.UTF_8);
    }
}
