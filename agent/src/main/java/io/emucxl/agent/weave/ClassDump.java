package io.emucxl.agent.weave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rewritten class files to a directory, for people who want to look at them. */
final class ClassDump {

    private final String directory;

    /**
     * A dump into this directory.
     *
     * @param directory null for none
     */
    ClassDump(String directory) {
        this.directory = directory;
    }

    void write(String internalName, byte[] classFile) {
        if (directory == null) {
            return;
        }
        try {
            Path file = Path.of(directory, internalName + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, classFile);
        } catch (IOException e) {
            Log.once(directory, "cannot write to the class dump directory: " + e);
        }
    }
}
