package dev.pounce.servlet.context;

import jakarta.servlet.RequestDispatcher;

import org.jspecify.annotations.Nullable;

/**
 * The dispatchers of an application, which may ask for them while it starts: what they lead to is
 * known only then.
 */
final class LateDispatchers {
    private final Registry registry;
    private @Nullable Dispatchers made;

    /**
     * @param registry has the servlets that can be named
     */
    LateDispatchers(Registry registry) {
        this.registry = registry;
    }

    /** The application is about to run, and these lead there. */
    void are(Dispatchers dispatchers) {
        made = dispatchers;
    }

    /**
     * What makes dispatchers.
     *
     * @throws IllegalStateException when the application is still being read
     */
    Dispatchers made() {
        Dispatchers known = made;
        if (known == null) {
            throw new IllegalStateException("the application is still being read");
        }
        return known;
    }

    /** See {@link jakarta.servlet.ServletContext#getRequestDispatcher}. */
    @Nullable RequestDispatcher ofPath(@Nullable String path) {
        if (path == null) {
            return null;
        }
        if (!path.isEmpty() && path.charAt(0) != '/' && path.charAt(0) != '?') {
            throw new IllegalArgumentException(
                    "the path of a dispatcher must begin with / and be relative to the context: "
                            + path);
        }
        Dispatchers known = made;
        return known == null
                ? new LateDispatcher(path, () -> made().ofPath(path))
                : known.ofPath(path);
    }

    /** See {@link jakarta.servlet.ServletContext#getNamedDispatcher}. */
    @Nullable RequestDispatcher ofName(@Nullable String servletName) {
        if (servletName == null || registry.servlet(servletName) == null) {
            return null;
        }
        Dispatchers known = made;
        return known == null
                ? new LateDispatcher(servletName, () -> made().ofName(servletName))
                : known.ofName(servletName);
    }
}
