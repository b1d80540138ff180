package dev.pounce.servlet.context;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * A dispatcher that was asked for while the application starts: where it leads to is known when it
 * is used.
 */
record LateDispatcher(String target, Supplier<@Nullable RequestDispatcher> found)
        implements RequestDispatcher {

    @Override
    public void forward(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        find().forward(request, response);
    }

    @Override
    public void include(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        find().include(request, response);
    }

    private RequestDispatcher find() throws ServletException {
        RequestDispatcher dispatcher = found.get();
        if (dispatcher == null) {
            throw new ServletException("there is nothing at " + target);
        }
        return dispatcher;
    }
}
