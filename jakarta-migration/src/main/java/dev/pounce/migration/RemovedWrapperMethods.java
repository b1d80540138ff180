package dev.pounce.migration;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.jspecify.annotations.Nullable;

/**
 * What the wrappers of the servlet API had of {@link RemovedMethods}: they passed the call on to
 * what they wrap. For the {@code super} calls of webapps' own wrappers, which may override what the
 * stand-in would call.
 */
public final class RemovedWrapperMethods {
    private RemovedWrapperMethods() {}

    private static HttpServletResponse wrapped(HttpServletResponse wrapper) {
        return (HttpServletResponse) ((HttpServletResponseWrapper) wrapper).getResponse();
    }

    private static HttpServletRequest wrapped(HttpServletRequest wrapper) {
        return (HttpServletRequest) ((HttpServletRequestWrapper) wrapper).getRequest();
    }

    public static void setStatus(HttpServletResponse wrapper, int status, @Nullable String reason) {
        RemovedMethods.setStatus(wrapped(wrapper), status, reason);
    }

    public static String encodeUrl(HttpServletResponse wrapper, String url) {
        return RemovedMethods.encodeUrl(wrapped(wrapper), url);
    }

    public static String encodeRedirectUrl(HttpServletResponse wrapper, String url) {
        return RemovedMethods.encodeRedirectUrl(wrapped(wrapper), url);
    }

    public static boolean isRequestedSessionIdFromUrl(HttpServletRequest wrapper) {
        return RemovedMethods.isRequestedSessionIdFromUrl(wrapped(wrapper));
    }

    public static @Nullable String getRealPath(ServletRequest wrapper, String path) {
        return RemovedMethods.getRealPath(((ServletRequestWrapper) wrapper).getRequest(), path);
    }
}
