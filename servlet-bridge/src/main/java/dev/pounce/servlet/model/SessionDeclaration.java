package dev.pounce.servlet.model;

import jakarta.servlet.SessionTrackingMode;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/**
 * What an application says of its sessions; null where it says nothing (Servlet specification,
 * section 14.4, session-config).
 *
 * @param timeoutMinutes how long a session lives unused, 0 or less for ever
 * @param cookieName the name of its cookie
 * @param cookieAttributes the attributes of its cookie by their names in Set-Cookie
 * @param trackingModes how its id is carried; empty where nothing is said
 */
public record SessionDeclaration(
        @Nullable Integer timeoutMinutes,
        @Nullable String cookieName,
        Map<String, String> cookieAttributes,
        Set<SessionTrackingMode> trackingModes) {

    /** Nothing is said. */
    public static final SessionDeclaration NOTHING =
            new SessionDeclaration(null, null, Map.of(), Set.of());

    /** Copies. */
    public SessionDeclaration {
        cookieAttributes = Map.copyOf(cookieAttributes);
        trackingModes = Set.copyOf(trackingModes);
    }
}
