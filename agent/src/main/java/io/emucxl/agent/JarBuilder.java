package io.emucxl.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes {@code emucxl-agent.jar} and {@code emucxl-runtime.jar} out of what Maven has built. Runs
 * during the build; in neither jar.
 */
final class JarBuilder {

    private static final String HERE = "io/emucxl/agent/";

    /** What the JVM and the boot loader must find as plain entries. */
    private static final Set<String> IN_BOTH_JARS =
            Set.of(HERE + "Premain.class", HERE + "AgentLoader.class", HERE + "Pack.class");

    private static final String MAIN = HERE + "Main.class";

    /** Entries are dated alike, so that the same input makes the same jar. */
    private static final LocalDateTime DATE = LocalDateTime.of(2020, 1, 1, 0, 0);

    private JarBuilder() {}

    /**
     * Called by Maven.
     *
     * @param arguments the directory to write to; the version; the jar of the agent with its
     *     relocated dependencies; the jars that make the runtime
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Map<String, byte[]> agent = new TreeMap<>();
        read(Path.of(arguments[2]), agent);
        agent.keySet().removeIf(name -> name.startsWith(HERE + "JarBuilder"));
        Map<String, byte[]> front = new TreeMap<>();
        for (String name : IN_BOTH_JARS) {
            front.put(name, agent.remove(name));
        }
        Map<String, byte[]> runtime = new TreeMap<>(front);
        for (String jar : List.of(arguments).subList(3, arguments.length)) {
            read(Path.of(jar), runtime);
        }
        front.put(MAIN, agent.remove(MAIN));
        agent.keySet().removeIf(runtime::containsKey);
        agent.put("emucxl.build", build(agent, runtime));

        Manifest manifest = manifest(arguments[1]);
        write(directory.resolve(AgentLoader.RUNTIME_JAR), null, manifest, runtime);
        Attributes main = manifest.getMainAttributes();
        main.putValue("Premain-Class", "io.emucxl.agent.Premain");
        main.putValue("Boot-Class-Path", AgentLoader.RUNTIME_JAR);
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Main-Class", "io.emucxl.agent.Main");
        // For the command line tool, which measures memory; the JVM reads them for -jar only.
        main.putValue("Add-Exports", "java.base/jdk.internal.misc");
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        write(directory.resolve("emucxl-agent.jar"), pack(agent), manifest, front);
    }

    /**
     * A number that tells this build from others: stored plans are of one build, as their code
     * calls the runtime.
     */
    private static byte[] build(Map<String, byte[]> agent, Map<String, byte[]> runtime) {
        CRC32 sum = new CRC32();
        agent.values().forEach(sum::update);
        runtime.values().forEach(sum::update);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    }

    private static Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Implementation-Title", "emucxl");
        main.putValue("Implementation-Version", version);
        return manifest;
    }

    private static void read(Path jar, Map<String, byte[]> files) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                boolean wanted =
                        !entry.isDirectory()
                                && !name.startsWith("META-INF/")
                                && !name.endsWith("-info.class");
                if (wanted) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        files.put(name, in.readAllBytes());
                    }
                }
            }
        }
    }

    /** The format is described at {@link Pack}. */
    private static byte[] pack(Map<String, byte[]> files) throws IOException {
        int slots = Integer.highestOneBit(files.size() * 4);
        int[] table = new int[slots * 3];
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(records);
        int first = 8 + table.length * 4;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = file.getKey();
            int slot = Pack.hash(name) & (slots - 1);
            while (table[slot * 3 + 1] != 0) {
                slot = (slot + 1) & (slots - 1);
            }
            int offset = records.size();
            out.writeInt(name.length());
            out.write(name.getBytes(StandardCharsets.US_ASCII));
            out.write(file.getValue());
            table[slot * 3] = Pack.hash(name);
            table[slot * 3 + 1] = first + offset;
            table[slot * 3 + 2] = records.size() - offset;
        }
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(pack);
        head.writeInt(Pack.MAGIC);
        head.writeInt(slots);
        for (int value : table) {
            head.writeInt(value);
        }
        records.writeTo(pack);
        return pack.toByteArray();
    }

    private static void write(Path jar, byte[] pack, Manifest manifest, Map<String, byte[]> files)
            throws IOException {
        ByteArrayOutputStream manifestFile = new ByteArrayOutputStream();
        manifest.write(manifestFile);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            if (pack != null) {
                write(out, Pack.ENTRY, pack);
            }
            write(out, "META-INF/MANIFEST.MF", manifestFile.toByteArray());
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(out, file.getKey(), file.getValue());
            }
        }
    }

    /** Not compressed: every start would unpack some seventy classes. */
    private static void write(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(DATE);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
