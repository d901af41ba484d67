package io.emucxl.agent.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Jars of the form that Spring Boot's plugins make, but without its loader. */
public final class BootJars {
    private BootJars() {}

    /**
     * Writes a jar.
     *
     * @param classes a directory of classes
     * @param libraries jars
     * @return the jar
     */
    public static Path write(Path jar, Path classes, Path... libraries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        main.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : all) {
                out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + classes.relativize(file)));
                out.write(Files.readAllBytes(file));
            }
            for (Path library : libraries) {
                byte[] content = Files.readAllBytes(library);
                ZipEntry entry = new ZipEntry("BOOT-INF/lib/" + library.getFileName());
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(content);
            }
        }
        return jar;
    }
}
