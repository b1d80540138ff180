package dev.pounce.servlet.context;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The attributes of an application. Thread-safe. */
final class ContextAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(ContextAttributes.class);

    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final ServletContext context;
    private final ContextListeners listeners;

    ContextAttributes(ServletContext context, ContextListeners listeners) {
        this.context = context;
        this.listeners = listeners;
    }

    @Nullable Object get(String name) {
        return values.get(name);
    }

    Set<String> names() {
        return values.keySet();
    }

    void set(String name, @Nullable Object value) {
        if (value == null) {
            remove(name);
            return;
        }
        Object before = values.put(name, value);
        if (before == null) {
            tell(name, value, ServletContextAttributeListener::attributeAdded);
        } else {
            tell(name, before, ServletContextAttributeListener::attributeReplaced);
        }
    }

    void remove(String name) {
        Object before = values.remove(name);
        if (before != null) {
            tell(name, before, ServletContextAttributeListener::attributeRemoved);
        }
    }

    /** The attribute has changed, whatever a listener says to that. */
    private void tell(
            String name,
            Object value,
            BiConsumer<ServletContextAttributeListener, ServletContextAttributeEvent> how) {
        for (ServletContextAttributeListener each : listeners.contextAttributes()) {
            try {
                how.accept(each, new ServletContextAttributeEvent(context, name, value));
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.error("the listener {} failed", each.getClass().getName(), e);
            }
        }
    }
}
