package io.emucxl.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of the project, for commands that run its programs. */
final class Home {

    private Home() {}

    /** The directory that the launcher names. */
    static Path directory() {
        String named = System.getenv("EMUCXL_HOME");
        if (named != null && Files.isDirectory(Path.of(named, "sample-apps"))) {
            return Path.of(named);
        }
        throw new IllegalStateException("this command is started by the script emucxl at the root");
    }
}
