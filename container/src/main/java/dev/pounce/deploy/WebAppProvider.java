package dev.pounce.deploy;

import dev.pounce.config.ServerConfig;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs webapps that need more than fused handlers and files; found by {@link
 * java.util.ServiceLoader}. The servlet bridge is one.
 */
public interface WebAppProvider {

    /** Whether the application has something that only this provider can run. */
    boolean accepts(WebAppSource source);

    /**
     * What would keep an application from starting, as far as that shows without running code of
     * it.
     *
     * @param root its unpacked folder
     * @return a line for each
     */
    default List<String> problems(Path root) {
        return List.of();
    }

    /**
     * What is wrong with the files that a configuration names for applications.
     *
     * @return a line for each
     */
    default List<String> problems(ServerConfig config) {
        return List.of();
    }

    /**
     * Starts the application; returns once it runs.
     *
     * @throws Exception why it does not start; everything it had begun is undone
     */
    RunningWebApp start(WebAppSource source) throws Exception;
}
