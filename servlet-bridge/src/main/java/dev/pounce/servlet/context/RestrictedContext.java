package dev.pounce.servlet.context;

import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * An application as a context listener sees it that no descriptor and no annotation declares: it
 * may not register anything (Servlet specification, section 4.4).
 */
record RestrictedContext(ServletContext whole) implements InvocationHandler {
    private static final Set<String> REFUSED =
            Set.of(
                    "setInitParameter",
                    "addServlet",
                    "addJspFile",
                    "createServlet",
                    "getServletRegistration",
                    "getServletRegistrations",
                    "addFilter",
                    "createFilter",
                    "getFilterRegistration",
                    "getFilterRegistrations",
                    "getSessionCookieConfig",
                    "setSessionTrackingModes",
                    "addListener",
                    "createListener",
                    "declareRoles",
                    "setSessionTimeout",
                    "setRequestCharacterEncoding",
                    "setResponseCharacterEncoding");

    static ServletContext of(ServletContext whole) {
        return (ServletContext)
                Proxy.newProxyInstance(
                        RestrictedContext.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        new RestrictedContext(whole));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (REFUSED.contains(method.getName())) {
            throw new UnsupportedOperationException(
                    method.getName()
                            + " is for initializers and for listeners that web.xml, a"
                            + " web-fragment.xml or @WebListener declares; this listener was added"
                            + " from code or by a tag library");
        }
        if (method.getName().equals("equals") && arguments != null) {
            return whole.equals(whole(arguments[0]));
        }
        try {
            return method.invoke(whole, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What is behind it, so that it equals the same application's. */
    private static @Nullable Object whole(@Nullable Object other) {
        return other != null
                        && Proxy.isProxyClass(other.getClass())
                        && Proxy.getInvocationHandler(other) instanceof RestrictedContext restricted
                ? restricted.whole
                : other;
    }
}
