package dev.pounce.servlet.http;

import jakarta.servlet.http.Cookie;

import java.util.List;

/**
 * What session tracking reads of a request and writes to its response (Servlet specification,
 * section 7.1). Used by one thread at a time.
 */
public interface SessionExchange {

    /** The cookies that the client sent, in their order. */
    List<Cookie> cookies();

    /** The path of the request as it was sent, with its path parameters. */
    String requestPath();

    /** Scheme and authority that the client used; the port only when it is not the scheme's own. */
    String origin();

    /** Whether the request came over a protected connection. */
    boolean isSecure();

    /** Whether it is too late for a cookie. */
    boolean isCommitted();

    /** Sets a cookie, in the place of those of the same name and path that were set before. */
    void replaceCookie(Cookie cookie);
}
