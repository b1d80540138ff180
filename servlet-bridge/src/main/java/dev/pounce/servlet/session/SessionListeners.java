package dev.pounce.servlet.session;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import java.util.List;

/**
 * Who is told about an application's sessions, in the order of registration. Immutable.
 *
 * @param sessions told of beginnings, and in reverse order of ends
 * @param attributes told of attributes
 * @param ids told of changed ids
 */
public record SessionListeners(
        List<HttpSessionListener> sessions,
        List<HttpSessionAttributeListener> attributes,
        List<HttpSessionIdListener> ids) {

    /** Nobody. */
    public static final SessionListeners NONE =
            new SessionListeners(List.of(), List.of(), List.of());

    /** Copies. */
    public SessionListeners {
        sessions = List.copyOf(sessions);
        attributes = List.copyOf(attributes);
        ids = List.copyOf(ids);
    }
}
