package dev.pounce.servlet.context;

import jakarta.servlet.ServletException;

import java.lang.reflect.InvocationTargetException;

/**
 * Makes an application's servlets, filters and listeners out of their classes, and tells them that
 * they are made and that they have ended.
 *
 * @param loader has the classes
 * @param callbacks the methods by which they are told
 */
record Components(ClassLoader loader, LifecycleCallbacks callbacks) {

    /**
     * An instance by the public constructor without parameters.
     *
     * @throws ServletException when there is none, or it failed; the cause says why
     */
    <T> T create(Class<? extends T> type) throws ServletException {
        T made = construct(type);
        callbacks.constructed(made);
        return made;
    }

    /** Tells an instance that nobody uses it any more. */
    void end(Object component) {
        callbacks.ended(component);
    }

    private static <T> T construct(Class<? extends T> type) throws ServletException {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new ServletException(
                    "the constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServletException(
                    type.getName() + " needs a public constructor without parameters", e);
        } catch (LinkageError e) {
            throw new ServletException(type.getName() + " cannot be initialized: " + e, e);
        }
    }

    /**
     * A class of the application by name.
     *
     * @throws ServletException when it is missing, refers to a missing one, or is no {@code kind}
     */
    <T> Class<? extends T> load(String name, Class<T> kind) throws ServletException {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ServletException("the class " + name + " cannot be loaded: " + e, e);
        }
        if (!kind.isAssignableFrom(type)) {
            throw new ServletException("the class " + name + " is no " + kind.getName());
        }
        return type.asSubclass(kind);
    }
}
