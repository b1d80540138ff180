package dev.pounce.servlet.context;

import dev.pounce.servlet.model.LifecycleCallback;
import dev.pounce.servlet.model.LifecycleCallback.Kind;

import jakarta.servlet.ServletException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods of components that are called when they are made and when they end (Servlet
 * specification, section 15.5), by the names of their classes. Immutable.
 */
public final class LifecycleCallbacks {
    /** Of an application that has none. */
    public static final LifecycleCallbacks NONE = new LifecycleCallbacks(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleCallbacks.class);

    private final Map<String, List<LifecycleCallback>> byClass = new HashMap<>();

    /** What descriptors and annotations say. */
    public LifecycleCallbacks(List<LifecycleCallback> callbacks) {
        for (LifecycleCallback each : callbacks) {
            byClass.computeIfAbsent(each.className(), key -> new ArrayList<>()).add(each);
        }
    }

    /** Tells a component that it is made. */
    void constructed(Object component) throws ServletException {
        for (Method method : methods(component.getClass(), Kind.POST_CONSTRUCT)) {
            call(component, method);
        }
    }

    /** Tells a component that it has ended; a failure is logged. */
    void ended(Object component) {
        try {
            for (Method method : methods(component.getClass(), Kind.PRE_DESTROY)) {
                call(component, method);
            }
        } catch (ServletException e) {
            LOG.warn("{} did not end cleanly", component.getClass().getName(), e);
        }
    }

    /** Those of superclasses come first; of one that is overridden the last counts. */
    private List<Method> methods(Class<?> type, Kind kind) throws ServletException {
        if (byClass.isEmpty()) {
            return List.of();
        }
        List<Class<?>> hierarchy = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            hierarchy.addFirst(each);
        }
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> each : hierarchy) {
            for (LifecycleCallback callback : byClass.getOrDefault(each.getName(), List.of())) {
                if (callback.kind() == kind) {
                    Method method = method(each, callback);
                    boolean own = Modifier.isPrivate(method.getModifiers());
                    methods.put(own ? each.getName() + method.getName() : method.getName(), method);
                }
            }
        }
        return List.copyOf(methods.values());
    }

    private static Method method(Class<?> type, LifecycleCallback callback)
            throws ServletException {
        String name = type.getName() + "." + callback.methodName();
        try {
            Method method = type.getDeclaredMethod(callback.methodName());
            if (Modifier.isStatic(method.getModifiers())) {
                throw new ServletException(
                        name + " is to be called on a component and must not be static");
            }
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException | LinkageError e) {
            throw new ServletException(
                    name + " is to be called on a component and needs to be without parameters", e);
        }
    }

    private static void call(Object component, Method method) throws ServletException {
        try {
            method.invoke(component);
        } catch (InvocationTargetException e) {
            throw new ServletException(
                    component.getClass().getName() + "." + method.getName() + " failed",
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw new ServletException(method + " cannot be called", e);
        }
    }
}
