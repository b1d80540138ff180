package dev.pounce.servlet.context;

import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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

    private final Components components;
    private final Logger log;
    private boolean initializing = true;

    /**
     * @param components makes them
     * @param log the application's
     */
    ContextListeners(Components components, Logger log) {
        this.components = components;
        this.log = log;
    }

    /**
     * Makes the listeners that descriptors and annotations name; those that initializers have added
     * come after them. One that listens to nothing is left out with a warning, since other
     * containers leave it out, too.
     *
     * @param classes the declared ones, in their order
     * @param restricted classes that tag libraries name, which must not register anything
     * @throws ServletException when one cannot be made
     */
    public void start(List<String> classes, List<String> restricted) throws ServletException {
        for (String each : classes) {
            start(each, this::addDeclared);
        }
        initializing = false;
        waiting.forEach(this::addToLists);
        waiting.clear();
        for (String each : restricted) {
            start(each, this::addToLists);
        }
    }

    private void start(String className, Consumer<EventListener> add) throws ServletException {
        Class<? extends EventListener> type = load(className);
        if (isListener(type)) {
            add.accept(create(type));
        } else {
            log.warn("a declared listener is left out: {}", listensToNothing(type));
        }
    }

    private void addDeclared(EventListener listener) {
        declared.add(listener);
        addToLists(listener);
    }

    Class<? extends EventListener> load(String className) throws ServletException {
        return components.load(className, EventListener.class);
    }

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException when it listens to nothing
     * @throws ServletException when it cannot be made
     */
    <T extends EventListener> T create(Class<T> type) throws ServletException {
        check(type);
        return components.create(type);
    }

    /**
     * Adds one from code.
     *
     * @throws IllegalArgumentException when it listens to nothing
     */
    void add(EventListener listener) {
        check(listener.getClass());
        if (initializing) {
            waiting.add(listener);
        } else {
            addToLists(listener);
        }
    }

    private static void check(Class<?> type) {
        if (!isListener(type)) {
            throw new IllegalArgumentException(listensToNothing(type));
        }
    }

    private static String listensToNothing(Class<?> type) {
        return type.getName() + " listens to nothing that an application has";
    }

    /** Tells all that they have ended, the last first. */
    public void end() {
        List.copyOf(all).reversed().forEach(components::end);
    }

    boolean isDeclared(EventListener listener) {
        return declared.contains(listener);
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
    private static boolean isListener(Class<?> type) {
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
