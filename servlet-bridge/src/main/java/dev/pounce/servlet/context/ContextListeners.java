package dev.pounce.servlet.context;

import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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

    private final List<EventListener> all = new ArrayList<>();

    /** Those that a descriptor or an annotation names. */
    private final Set<EventListener> declared = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What initializers have added: it comes after what is declared. */
    private final List<EventListener> waiting = new ArrayList<>();

    private boolean initializing = true;

    /** Adds one that a descriptor or an annotation names. */
    void addDeclared(EventListener listener) {
        declared.add(listener);
        addToLists(listener);
    }

    /** Adds one from code. */
    void add(EventListener listener) {
        if (initializing) {
            waiting.add(listener);
        } else {
            addToLists(listener);
        }
    }

    /** The initializers have run, and what is declared was added. */
    void initialized() {
        initializing = false;
        waiting.forEach(this::addToLists);
        waiting.clear();
    }

    boolean isDeclared(EventListener listener) {
        return declared.contains(listener);
    }

    /** All listeners, those that were added last first; to be told that they have ended. */
    List<EventListener> lastFirst() {
        return List.copyOf(all).reversed();
    }

    private void addToLists(EventListener listener) {
        all.add(listener);
        add(listener, ServletContextListener.class, context);
        add(listener, ServletContextAttributeListener.class, contextAttributes);
        add(listener, ServletRequestListener.class, requests);
        add(listener, ServletRequestAttributeListener.class, requestAttributes);
        add(listener, HttpSessionListener.class, sessions);
        add(listener, HttpSessionAttributeListener.class, sessionAttributes);
        add(listener, HttpSessionIdListener.class, sessionIds);
    }

    private static <T> void add(EventListener listener, Class<T> kind, List<T> list) {
        if (kind.isInstance(listener)) {
            list.add(kind.cast(listener));
        }
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
