package dev.pounce.servlet.session;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * Calls listeners. What one of them throws is logged and keeps nobody else from being told: the
 * change that it is told of has happened. Thread-safe; never called with a lock held.
 */
final class SessionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);

    private final SessionListeners listeners;

    SessionEvents(SessionListeners listeners) {
        this.listeners = listeners;
    }

    void created(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (HttpSessionListener listener : listeners.sessions()) {
            call(listener, () -> listener.sessionCreated(event));
        }
    }

    /** Last registered, first told (Servlet specification, section 11.3.4). */
    void destroyed(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (HttpSessionListener listener : listeners.sessions().reversed()) {
            call(listener, () -> listener.sessionDestroyed(event));
        }
    }

    void idChanged(HttpSession session, String oldId) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (HttpSessionIdListener listener : listeners.ids()) {
            call(listener, () -> listener.sessionIdChanged(event, oldId));
        }
    }

    /**
     * Tells of an attribute that was set: first the values, then the listeners of the application,
     * as the Javadoc of HttpSession orders it.
     */
    void set(HttpSession session, String name, @Nullable Object former, Object value) {
        // A value that takes its own place stays bound.
        if (former != value) {
            bound(session, name, value);
            unbound(session, name, former);
        }
        HttpSessionBindingEvent event =
                new HttpSessionBindingEvent(session, name, former == null ? value : former);
        for (HttpSessionAttributeListener listener : listeners.attributes()) {
            call(
                    listener,
                    former == null
                            ? () -> listener.attributeAdded(event)
                            : () -> listener.attributeReplaced(event));
        }
    }

    void removed(HttpSession session, String name, Object value) {
        unbound(session, name, value);
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
        for (HttpSessionAttributeListener listener : listeners.attributes()) {
            call(listener, () -> listener.attributeRemoved(event));
        }
    }

    /** Tells attributes that they are going to be serialised (section 7.7.2). */
    void willPassivate(HttpSession session, Map<String, Object> attributes) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (Object each : attributes.values()) {
            if (each instanceof HttpSessionActivationListener listener) {
                call(listener, () -> listener.sessionWillPassivate(event));
            }
        }
    }

    /** Tells attributes that they have been deserialised. */
    void didActivate(HttpSession session, Map<String, Object> attributes) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (Object each : attributes.values()) {
            if (each instanceof HttpSessionActivationListener listener) {
                call(listener, () -> listener.sessionDidActivate(event));
            }
        }
    }

    private static void bound(HttpSession session, String name, Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            call(
                    listener,
                    () -> listener.valueBound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    private static void unbound(HttpSession session, String name, @Nullable Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            call(
                    listener,
                    () -> listener.valueUnbound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    private static void call(Object listener, Runnable event) {
        try {
            event.run();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            LOG.error("the session listener {} failed", listener.getClass().getName(), e);
        }
    }
}
