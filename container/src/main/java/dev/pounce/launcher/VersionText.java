package dev.pounce.launcher;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Pounce " + Version.get(),
            "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
        };
    }
}
