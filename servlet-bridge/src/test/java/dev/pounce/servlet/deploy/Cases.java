package dev.pounce.servlet.deploy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;

/**
 * A servlet of a test's application which answers {@code /name} and all below it by its method of
 * that name.
 */
public abstract class Cases extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** What must fail. */
    @FunctionalInterface
    protected interface Failing {
        void run() throws Exception;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        Object path =
                included
                        ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
                        : request.getPathInfo();
        String name = path.toString().split("/")[1];
        try {
            Method method =
                    getClass()
                            .getDeclaredMethod(
                                    name, HttpServletRequest.class, HttpServletResponse.class);
            method.setAccessible(true);
            method.invoke(this, request, response);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case IOException thrown -> throw thrown;
                case ServletException thrown -> throw thrown;
                case RuntimeException thrown -> throw thrown;
                case null, default -> throw new ServletException(e.getCause());
            }
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    /** The simple name of what was thrown, or none. */
    protected static String thrown(Failing failing) {
        try {
            failing.run();
            return "none";
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Prints a line of values with spaces between them. */
    protected static void print(HttpServletResponse response, Object... values) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Object value : values) {
            line.append(line.isEmpty() ? "" : " ").append(value);
        }
        response.getWriter().printf(Locale.ROOT, "%s%n", line);
    }
}
