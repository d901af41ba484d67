package io.emucxl.agent.weave;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

/** A number for all the class files of a directory or jar, which changes with any of them. */
final class Fingerprint {

    private Fingerprint() {}

    /**
     * The fingerprint of a directory or jar. Of a jar no more is read than its directory, which has
     * a CRC-32 of each file.
     *
     * @throws IOException when it cannot be read
     */
    static long of(File file) throws IOException {
        if (!file.isDirectory()) {
            try (ZipDirectory zip = ZipDirectory.open(file)) {
                return zip.fingerprint();
            }
        }
        DirectoryEntry directory = new DirectoryEntry(file);
        List<String> names = directory.names();
        Collections.sort(names);
        CRC32 sum = new CRC32();
        for (String name : names) {
            sum.update(name.getBytes(StandardCharsets.UTF_8));
            sum.update(directory.file(name));
        }
        return ((long) names.size() << 32) | sum.getValue();
    }

    /** The fingerprint of one class file. */
    static long of(byte[] classFile) {
        CRC32 sum = new CRC32();
        sum.update(classFile, 0, classFile.length);
        return ((long) classFile.length << 32) | sum.getValue();
    }
}
