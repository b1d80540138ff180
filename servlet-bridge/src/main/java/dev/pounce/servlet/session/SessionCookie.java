package dev.pounce.servlet.session;

import jakarta.servlet.http.Cookie;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * How the cookie of an application's sessions looks (Servlet specification, section 7.1.1).
 * Immutable.
 *
 * @param name its name
 * @param path its path, or null for the application's context path
 * @param domain its domain, or null for the host that was asked
 * @param secure whether it is Secure also when the request was not
 * @param httpOnly whether scripts are kept from reading it
 * @param maxAge seconds that the client keeps it, negative for as long as the client runs
 * @param attributes further attributes, SameSite for instance
 */
public record SessionCookie(
        String name,
        @Nullable String path,
        @Nullable String domain,
        boolean secure,
        boolean httpOnly,
        int maxAge,
        Map<String, String> attributes) {

    /** The name that the specification asks for. */
    public static final String DEFAULT_NAME = "JSESSIONID";

    /** JSESSIONID for the context path, kept from scripts, for as long as the client runs. */
    public static final SessionCookie DEFAULT =
            new SessionCookie(DEFAULT_NAME, null, null, false, true, -1, Map.of());

    /** Copies. */
    public SessionCookie {
        attributes = Map.copyOf(attributes);
    }

    /**
     * The cookie that carries a session's id.
     *
     * @param contextPath the application's, empty for the root
     * @param secureRequest whether the request came over a protected connection
     */
    Cookie with(String id, String contextPath, boolean secureRequest) {
        Cookie cookie = new Cookie(name, id);
        attributes.forEach(cookie::setAttribute);
        String home = contextPath.isEmpty() ? "/" : contextPath;
        cookie.setPath(path == null ? home : path);
        if (domain != null) {
            cookie.setDomain(domain);
        }
        cookie.setSecure(secure || secureRequest);
        cookie.setHttpOnly(httpOnly);
        cookie.setMaxAge(maxAge);
        return cookie;
    }
}
