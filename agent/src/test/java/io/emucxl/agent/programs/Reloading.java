package io.emucxl.agent.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * Writes its own policy file anew, again and again, and waits for what the agent makes of it.
 * Prints what the agent said meanwhile.
 */
public final class Reloading {
    private static final int LENGTH = 1 << 18;
    private static final String ME = "io.emucxl.agent.programs.Reloading.";
    private static final long NANOS_AT_MOST = 40_000_000_000L;

    private final long[] first = new long[LENGTH];
    private final long[] second = new long[LENGTH];
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private long random = 88172645463325252L;

    private Reloading() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream err = System.err;
        try {
            new Reloading().run(Path.of(arguments[0]));
        } finally {
            System.setErr(err);
        }
    }

    private static String policy(String local, String pin, String more) {
        return "version: 1\nbackend: emulated\nregionSize: 64KiB\n"
                + "tiers: {local: {capacity: "
                + local
                + "}, remote: {capacity: 16MiB}}\n"
                + "targets:\n  - field: "
                + ME
                + "first\n    pin: "
                + pin
                + "\n  - field: "
                + ME
                + "second\n"
                + "placement: {migration: {every: 10ms}"
                + more
                + "}\n";
    }

    private void run(Path file) throws IOException {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        await("everything of first is local", () -> bytes("Local", "first") == LENGTH * 8L);
        Files.writeString(file, policy("3MiB", "remote", ", policy: lru"));
        await("the capacity is lower", () -> number("LocalCapacity") == 3 << 20);
        await("everything of first is remote", () -> bytes("Remote", "first") == LENGTH * 8L);
        Files.writeString(file, policy("2MiB", "nowhere", ", polcy: lru"));
        await("the mistakes are said", () -> says("what it said before holds"));
        Files.writeString(file, policy("2560KiB", "local", "").replace("64KiB", "128KiB"));
        await("the region size is fixed", () -> says("regionSize stays 64KiB"));
        await("everything of first is local", () -> bytes("Local", "first") == LENGTH * 8L);
        System.out.print(said.toString(StandardCharsets.UTF_8));
        System.out.println("sum " + sum());
    }

    private boolean says(String text) {
        return said.toString(StandardCharsets.UTF_8).contains(text);
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + NANOS_AT_MOST;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("in vain: " + what + "; said: " + said);
            }
            for (int i = 0; i < 100; i++) {
                work();
            }
        }
    }

    private void work() {
        for (int i = 0; i < 1000; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            first[(int) (random >>> 46)]++;
            second[(int) (random >>> 46)]++;
        }
    }

    private boolean sum() {
        long a = 0;
        long b = 0;
        for (int i = 0; i < LENGTH; i++) {
            a += first[i];
            b += second[i];
        }
        return a == b && a % 100_000 == 0;
    }

    private static Object bean(String attribute) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName("io.emucxl:type=Tiering");
            return server.isRegistered(name) ? server.getAttribute(name, attribute) : null;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(String attribute) {
        return bean(attribute) instanceof Long number ? number : -1;
    }

    private static long bytes(String tier, String field) {
        if (!(bean(tier + "BytesByTarget") instanceof TabularData table)) {
            return -1;
        }
        CompositeData row = table.get(new Object[] {ME + field});
        return row == null ? -1 : (Long) row.get("value");
    }
}
