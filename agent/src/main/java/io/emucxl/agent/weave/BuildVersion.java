package io.emucxl.agent.weave;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The version of this build, the same as in the parent pom; a test holds them together. */
public final class BuildVersion {

    /** The version. */
    public static final String TEXT = "0.1.0";

    private BuildVersion() {}

    /** A number that differs between builds; 0 where the agent does not run from its jar. */
    static int build() throws IOException {
        ClassLoader loader = BuildVersion.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream("emucxl.build")) {
            return in == null ? 0 : new DataInputStream(in).readInt();
        }
    }
}
