package io.emucxl.agent.advise;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes up the heaps that the {@link Observer} writes, while the program runs on. */
public final class HeapReader {

    /**
     * A field and its arrays, in the heap in which they were largest.
     *
     * @param owner internal name of the class that declares it
     * @param name the field's name
     * @param bytes the bytes of elements
     * @param share of the live bytes of that heap, from 0 to 1
     */
    public record Bytes(String owner, String name, long bytes, double share) {}

    private final Path directory;
    private final long minBytes;
    private final Map<HeapDump.Field, Bytes> largest = new HashMap<>();
    private int heaps;
    private long peak;

    /**
     * A reader of the heaps in this directory.
     *
     * @param minBytes smaller arrays do not count; at least 1
     */
    public HeapReader(Path directory, long minBytes) {
        this.directory = directory;
        this.minBytes = minBytes;
    }

    /**
     * Reads the finished heaps and deletes them.
     *
     * @throws IOException when one cannot be read
     */
    public void readFinished() throws IOException {
        File[] files = directory.toFile().listFiles();
        if (files == null) {
            return;
        }
        Arrays.sort(files);
        for (File file : files) {
            String name = file.getName();
            // pid-number-live.hprof; one that is being written has no live bytes yet.
            String[] parts = name.split("[-.]", -1);
            if (name.endsWith(Observer.HEAP) && Character.isDigit(parts[2].charAt(0))) {
                read(file.toPath(), Long.parseLong(parts[2]));
                Files.delete(file.toPath());
            }
        }
    }

    private void read(Path file, long live) throws IOException {
        heaps++;
        peak = Math.max(peak, live);
        for (Map.Entry<HeapDump.Field, Long> e : HeapDump.read(file, minBytes).entrySet()) {
            HeapDump.Field field = e.getKey();
            long bytes = e.getValue();
            Bytes before = largest.get(field);
            if (before == null || before.bytes() < bytes) {
                double share = live > 0 ? Math.min(1, (double) bytes / live) : 0;
                largest.put(field, new Bytes(field.owner(), field.name(), bytes, share));
            }
        }
    }

    /** How many heaps were read. */
    public int heaps() {
        return heaps;
    }

    /** The live bytes of the largest heap. */
    public long peak() {
        return peak;
    }

    /** What was found, the largest first. */
    public List<Bytes> largest() {
        List<Bytes> all = new ArrayList<>(largest.values());
        all.sort(
                (a, b) ->
                        a.bytes() == b.bytes()
                                ? (a.owner() + a.name()).compareTo(b.owner() + b.name())
                                : Long.compare(b.bytes(), a.bytes()));
        return all;
    }

    /** Where the classes of the programs came from, as far as it is still there. */
    public List<Path> classPath() throws IOException {
        Set<Path> all = new LinkedHashSet<>();
        File[] files = directory.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.getName().endsWith(Observer.PATH)) {
                for (String line : Files.readAllLines(file.toPath(), StandardCharsets.UTF_8)) {
                    if (Files.exists(Path.of(line))) {
                        all.add(Path.of(line));
                    }
                }
            }
        }
        return new ArrayList<>(all);
    }
}
