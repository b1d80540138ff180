package dev.pounce.servlet.context;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attributes of an application. Thread-safe. */
final class ContextAttributes {
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
        for (ServletContextAttributeListener each : listeners.contextAttributes()) {
            if (before == null) {
                each.attributeAdded(new ServletContextAttributeEvent(context, name, value));
            } else {
                each.attributeReplaced(new ServletContextAttributeEvent(context, name, before));
            }
        }
    }

    void remove(String name) {
        Object before = values.remove(name);
        if (before != null) {
            for (ServletContextAttributeListener each : listeners.contextAttributes()) {
                each.attributeRemoved(new ServletContextAttributeEvent(context, name, before));
            }
        }
    }
}
