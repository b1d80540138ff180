package dev.pounce.conformance;

import java.nio.file.Path;

/** The webapps below {@code conformance/webapps}, which frameworks of others are used in. */
final class OwnWebApps {
    private OwnWebApps() {}

    /** The unpacked webapp of a module. */
    static Path folder(String module) {
        return Path.of(System.getProperty("pounce.root"))
                .resolve("conformance/webapps")
                .resolve(module)
                .resolve("target/webapp");
    }
}
