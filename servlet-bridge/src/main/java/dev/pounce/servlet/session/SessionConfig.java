package dev.pounce.servlet.session;

import jakarta.servlet.SessionTrackingMode;

import java.util.Set;

/**
 * How an application's sessions are kept and tracked. Immutable.
 *
 * @param timeoutSeconds how long a session lives unused, 0 or less for ever
 * @param cookie the look of its cookie
 * @param trackingModes how a client brings a session's id; empty when it cannot
 * @param maxSessions how many sessions there may be at a time, 0 for no limit
 */
public record SessionConfig(
        int timeoutSeconds,
        SessionCookie cookie,
        Set<SessionTrackingMode> trackingModes,
        int maxSessions) {

    /** Cookies, and URLs for clients that send none. */
    public static final Set<SessionTrackingMode> DEFAULT_TRACKING_MODES =
            Set.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL);

    /** Half an hour, JSESSIONID, cookies and URLs, no limit. */
    public static final SessionConfig DEFAULT =
            new SessionConfig(30 * 60, SessionCookie.DEFAULT, DEFAULT_TRACKING_MODES, 0);

    /**
     * Copies.
     *
     * @throws IllegalArgumentException when sessions are to be tracked by TLS sessions
     */
    public SessionConfig {
        trackingModes = Set.copyOf(trackingModes);
        if (trackingModes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalArgumentException(
                    "the session tracking mode SSL is not supported; use COOKIE, URL or both");
        }
    }

    /** Whether ids travel in cookies. */
    boolean usesCookies() {
        return trackingModes.contains(SessionTrackingMode.COOKIE);
    }

    /** Whether ids travel in URLs. */
    boolean usesUrls() {
        return trackingModes.contains(SessionTrackingMode.URL);
    }
}
