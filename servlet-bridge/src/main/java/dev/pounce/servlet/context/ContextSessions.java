package dev.pounce.servlet.context;

import dev.pounce.servlet.session.BridgeSessionCookieConfig;
import dev.pounce.servlet.session.SessionConfig;

import jakarta.servlet.SessionTrackingMode;

import java.util.Set;

/**
 * What the sessions of an application are to be: settled by descriptors, code and settings while it
 * starts, then only read.
 */
public final class ContextSessions {
    private final BridgeSessionCookieConfig cookies = new BridgeSessionCookieConfig();
    private Set<SessionTrackingMode> trackingModes = SessionConfig.DEFAULT_TRACKING_MODES;
    private int timeoutSeconds = 30 * 60;

    /** The cookie as far as it is configured. */
    public BridgeSessionCookieConfig cookies() {
        return cookies;
    }

    /** From now on the cookie cannot be changed. */
    void freeze() {
        cookies.freeze();
    }

    /** How clients bring the id. */
    public Set<SessionTrackingMode> trackingModes() {
        return trackingModes;
    }

    /**
     * Settles how clients bring the id.
     *
     * @throws IllegalArgumentException when that is not possible here
     */
    public void trackingModes(Set<SessionTrackingMode> modes) {
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalArgumentException("sessions are not tracked by TLS");
        }
        trackingModes = Set.copyOf(modes);
    }

    /** Settles how long a session lives unused, in seconds; 0 or less for ever. */
    public void timeoutSeconds(int seconds) {
        timeoutSeconds = seconds;
    }

    int timeoutMinutes() {
        return Math.ceilDiv(timeoutSeconds, 60);
    }

    /** Settles how long a session lives unused, in minutes; 0 or less for ever. */
    public void timeoutMinutes(int minutes) {
        timeoutSeconds = Math.clamp(minutes * 60L, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * All of it, once it is settled.
     *
     * @param maxSessions how many there may be at a time
     */
    public SessionConfig config(int maxSessions) {
        return new SessionConfig(timeoutSeconds, cookies.toCookie(), trackingModes, maxSessions);
    }
}
