package io.emucxl.kv.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class Table4Test {
    private static final Pattern RECORD =
            Pattern.compile(
                    "\\{\"rule\": \"(policy1|policy2|lru|hotset)\", \"workload\":"
                            + " \"(phased|shuffled)\", \"x\": ([1-9]0|\"random\"), \"seed\": 1,"
                            + " \"local\": \\d+, \"gets\": 50000},?");

    @Test
    void jsonIsOneArrayOfRecords() {
        List<String> lines = run(0, "--json", "--seeds", "1").lines().toList();
        assertEquals("[", lines.get(0));
        assertEquals("]", lines.get(lines.size() - 1));
        List<String> records = lines.subList(1, lines.size() - 1);
        assertEquals(4 * 2 * 10, records.size());
        for (String record : records) {
            assertTrue(RECORD.matcher(record).matches(), record);
        }
        assertTrue(
                records.contains(
                        "{\"rule\": \"policy1\", \"workload\": \"phased\", \"x\": 10, \"seed\": 1,"
                                + " \"local\": 40687, \"gets\": 50000},"));
    }

    @Test
    void printsThePaperBesideOurs() {
        String table = run(0, "--seeds", "1");
        assertTrue(table.contains("policy1, paper          81.37"), table);
        assertTrue(table.contains("policy1                 81.37"), table);
        assertTrue(table.contains("best static (knows x)   92.22"), table);
    }

    @Test
    void drawsAChart(@TempDir Path directory) throws Exception {
        Path chart = directory.resolve("table4.png");
        run(0, "--seeds", "1", "--chart", chart.toString());
        assertTrue(ImageIO.read(Files.newInputStream(chart)).getWidth() > 1000);
    }

    @Test
    void refusesNoSeeds() {
        run(2, "--seeds", "0");
    }

    private static String run(int exit, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command =
                new CommandLine(new Table4(new PrintStream(out, true, StandardCharsets.UTF_8)));
        assertEquals(exit, command.execute(args));
        return out.toString(StandardCharsets.UTF_8);
    }
}
