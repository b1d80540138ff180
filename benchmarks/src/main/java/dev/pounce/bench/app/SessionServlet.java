package dev.pounce.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests of a session. The number always has ten digits, so that all answers are of
 * one size.
 */
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** What is added to the count. */
    public static final int FIRST = 1_000_000_000;

    private static final String COUNTER = "counter";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpSession session = request.getSession();
        AtomicInteger counter = (AtomicInteger) session.getAttribute(COUNTER);
        if (counter == null) {
            counter = new AtomicInteger();
        }
        int count = counter.incrementAndGet();
        session.setAttribute(COUNTER, counter);
        response.setContentType("text/plain");
        response.getWriter().print(FIRST + count);
    }
}
