package io.emucxl.agent.weave;

/** The version of this build, the same as in the parent pom; a test holds them together. */
public final class BuildVersion {

    /** The version. */
    public static final String TEXT = "0.1.0";

    private BuildVersion() {}
}
