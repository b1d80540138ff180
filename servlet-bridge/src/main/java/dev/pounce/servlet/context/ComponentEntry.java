package dev.pounce.servlet.context;

import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/**
 * A registered servlet or filter: what was declared of it, and its one instance.
 *
 * @param <T> Servlet or Filter
 */
abstract class ComponentEntry<T> implements Registration.Dynamic {
    private final String name;
    private final Class<T> kind;
    private final Registry registry;
    private final InitParameters parameters = new InitParameters();
    private @Nullable String className;
    private @Nullable Class<? extends T> type;
    private @Nullable T given;
    private boolean asyncSupported;

    ComponentEntry(String name, Class<T> kind, Registry registry) {
        this.name = name;
        this.kind = kind;
        this.registry = registry;
    }

    /** Names the class. */
    void className(String declared) {
        className = declared;
    }

    /** Gives the class. */
    void type(Class<? extends T> declared) {
        type = declared;
        className = declared.getName();
    }

    /** Gives the instance. */
    void instance(T declared) {
        given = declared;
        className = declared.getClass().getName();
    }

    /** Whether that instance was given. */
    @SuppressWarnings("ReferenceEquality")
    boolean holds(T instance) {
        return given == instance;
    }

    /** Whether it was declared by its name only, so that its class can still be given. */
    boolean isPreliminary() {
        return className == null;
    }

    /** The instance that was given, or a new one of the class. */
    T make() throws ServletException {
        T instance = given;
        if (instance != null) {
            return instance;
        }
        Class<? extends T> known = type;
        if (known == null) {
            String declared = className;
            if (declared == null) {
                throw new ServletException(name + " has no class");
            }
            known = registry.components().load(declared, kind);
            type = known;
        }
        return registry.components().create(known);
    }

    ComponentConfig config(ServletContext context) {
        return new ComponentConfig(name, context, parameters);
    }

    Registry registry() {
        return registry;
    }

    void checkOpen() {
        registry.checkOpen(name);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getClassName() {
        return className;
    }

    @Override
    public boolean setInitParameter(String parameter, String value) {
        checkOpen();
        return parameters.set(parameter, value);
    }

    @Override
    public @Nullable String getInitParameter(String parameter) {
        return parameters.get(parameter);
    }

    @Override
    public Set<String> setInitParameters(Map<String, String> more) {
        checkOpen();
        return parameters.setAll(more);
    }

    @Override
    public Map<String, String> getInitParameters() {
        return parameters.all();
    }

    @Override
    public void setAsyncSupported(boolean supported) {
        checkOpen();
        asyncSupported = supported;
    }

    /** One of the server's own, which always does. */
    void supportAsync() {
        asyncSupported = true;
    }

    /** Whether it supports asynchronous processing. */
    public boolean isAsyncSupported() {
        return asyncSupported;
    }
}
