package io.emucxl.agent.cli;

import io.emucxl.agent.weave.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"emucxl " + BuildVersion.TEXT};
    }
}
