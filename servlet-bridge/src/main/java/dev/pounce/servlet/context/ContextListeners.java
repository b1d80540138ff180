package dev.pounce.servlet.context;

import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;

/**
 * The listeners of an application by what they listen to, each list in the order of registration
 * (Servlet specification, chapter 11). Filled while the application starts.
 */
public final class ContextListeners {
    private final List<ServletContextListener> context = new ArrayList<>();
    private final List<ServletContextAttributeListener> contextAttributes = new ArrayList<>();
    private final List<ServletRequestListener> requests = new ArrayList<>();
    private final List<ServletRequestAttributeListener> requestAttributes = new ArrayList<>();
    private final List<HttpSessionListener> sessions = new ArrayList<>();
    private final List<HttpSessionAttributeListener> sessionAttributes = new ArrayList<>();
    private final List<HttpSessionIdListener> sessionIds = new ArrayList<>();

    /**
     * Adds a listener to every list that its class belongs to.
     *
     * @return whether it belongs to one
     */
    public boolean add(EventListener listener) {
        return add(listener, ServletContextListener.class, context)
                | add(listener, ServletContextAttributeListener.class, contextAttributes)
                | add(listener, ServletRequestListener.class, requests)
                | add(listener, ServletRequestAttributeListener.class, requestAttributes)
                | add(listener, HttpSessionListener.class, sessions)
                | add(listener, HttpSessionAttributeListener.class, sessionAttributes)
                | add(listener, HttpSessionIdListener.class, sessionIds);
    }

    private static <T> boolean add(EventListener listener, Class<T> kind, List<T> list) {
        return kind.isInstance(listener) && list.add(kind.cast(listener));
    }

    /** Whether a class belongs to one of the lists. */
    static boolean isListener(Class<?> type) {
        return ServletContextListener.class.isAssignableFrom(type)
                || ServletContextAttributeListener.class.isAssignableFrom(type)
                || ServletRequestListener.class.isAssignableFrom(type)
                || ServletRequestAttributeListener.class.isAssignableFrom(type)
                || HttpSessionListener.class.isAssignableFrom(type)
                || HttpSessionAttributeListener.class.isAssignableFrom(type)
                || HttpSessionIdListener.class.isAssignableFrom(type);
    }

    /** Listeners to the application's start and end. */
    public List<ServletContextListener> context() {
        return context;
    }

    List<ServletContextAttributeListener> contextAttributes() {
        return contextAttributes;
    }

    /** Listeners to the beginning and end of requests. */
    public List<ServletRequestListener> requests() {
        return requests;
    }

    /** Listeners to attributes of requests. */
    public List<ServletRequestAttributeListener> requestAttributes() {
        return requestAttributes;
    }

    /** Listeners to the beginning and end of sessions. */
    public List<HttpSessionListener> sessions() {
        return sessions;
    }

    /** Listeners to attributes of sessions. */
    public List<HttpSessionAttributeListener> sessionAttributes() {
        return sessionAttributes;
    }

    /** Listeners to changes of session ids. */
    public List<HttpSessionIdListener> sessionIds() {
        return sessionIds;
    }
}
