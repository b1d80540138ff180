package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

/** The webapps of a server as one of them sees the others. Thread-safe. */
@FunctionalInterface
public interface Neighbours {

    /**
     * The webapp that requests for a path go to.
     *
     * @param path decoded; begins with a slash, or is empty for the root
     * @return null when none is deployed there that was started by a {@link WebAppProvider}
     */
    @Nullable RunningWebApp find(String path);
}
