package dev.pounce.bench.peer;

import java.nio.file.Path;

/**
 * Where this module has its sources that are not Java, and its output.
 *
 * @param directory the module's directory
 */
public record ModuleFiles(Path directory) {

    /** The source of the C server. */
    public Path cSource() {
        return directory.resolve("src/main/c/hello.c");
    }

    /** The script that makes the load. */
    public Path wrkScript() {
        return directory.resolve("src/main/wrk/load.lua");
    }

    /** The web application's folder but for its classes and files. */
    Path webAppSource() {
        return directory.resolve("src/main/webapp");
    }

    /** The module's classes. */
    Path classes() {
        return directory.resolve("target/classes");
    }

    /** The start script of the server, for what is measured as it is shipped. */
    Path startScript() {
        return directory.resolveSibling("bin/pounce");
    }

    /** Holds what a run makes: the C server, logs of servers, results. */
    public Path output() {
        return directory.resolve("target/bench");
    }
}
