package io.emucxl.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SlabsTest {
    @Test
    void showsFragmentationReclamationAndThroughput() {
        String out = run(0, "--objects", "5000", "--rounds", "2");
        assertTrue(
                out.contains("reclaimed                                            0       0"),
                out);
        assertTrue(out.contains("still allocated: 0"), out);
        assertTrue(out.contains("malloc (C)"), out);
    }

    @Test
    void refusesNonsense() {
        run(2, "--size", "7");
        run(2, "--objects", "none");
    }

    private static String run(int exit, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command =
                new CommandLine(new Slabs(new PrintStream(out, true, StandardCharsets.UTF_8)));
        assertEquals(exit, command.execute(args));
        return out.toString(StandardCharsets.UTF_8);
    }
}
