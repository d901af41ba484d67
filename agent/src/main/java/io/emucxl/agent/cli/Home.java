package io.emucxl.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of the project, for commands that run its programs. */
final class Home {

    private Home() {}

    /**
     * The directory that the launcher names.
     *
     * @throws IOException when it names none
     */
    static Path directory() throws IOException {
        String named = System.getenv("EMUCXL_HOME");
        if (named != null && Files.isDirectory(Path.of(named, "sample-apps"))) {
            return Path.of(named);
        }
        throw new IOException("this command is started by the script emucxl at the root");
    }
}
