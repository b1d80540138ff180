package dev.pounce.servlet.context;

import jakarta.servlet.RequestDispatcher;

import org.jspecify.annotations.Nullable;

/** Makes dispatchers to an application's servlets. */
public interface Dispatchers {

    /**
     * A dispatcher to what answers a path.
     *
     * @param path begins with a slash, is relative to the application and may have a query
     * @return null when the path cannot be read
     */
    @Nullable RequestDispatcher ofPath(String path);

    /**
     * A dispatcher to what answers a client's request.
     *
     * @param uri the path as a client sends it, the context path included
     * @return null when it cannot be read or is none of this application
     */
    @Nullable RequestDispatcher ofUri(String uri);

    /** A dispatcher to a servlet, or null when there is none of that name. */
    @Nullable RequestDispatcher ofName(String servletName);
}
