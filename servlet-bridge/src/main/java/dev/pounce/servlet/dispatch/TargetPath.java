package dev.pounce.servlet.dispatch;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

/** The path that a servlet of the server itself answers. */
final class TargetPath {
    private TargetPath() {}

    /**
     * The path that led to the servlet, relative to the context path: where it is included, not
     * that of the request. A servlet that is included by its name has no path of its own.
     */
    static String of(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
            if (included != null) {
                return joined(included, request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
            }
        }
        return joined(request.getServletPath(), request.getPathInfo());
    }

    private static String joined(Object servletPath, @Nullable Object info) {
        return info == null ? servletPath.toString() : servletPath.toString() + info;
    }
}
