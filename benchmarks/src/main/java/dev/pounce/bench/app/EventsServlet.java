package dev.pounce.bench.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends an event every 10 ms, as many as the parameter {@code count} asks for. The parameter {@code
 * period} asks for another time between them, in milliseconds.
 */
public final class EventsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int count = Integer.parseInt(request.getParameter("count"));
        String period = request.getParameter("period");
        long nanos =
                period == null
                        ? TimedEvent.PERIOD_NANOS
                        : TimeUnit.MILLISECONDS.toNanos(Long.parseLong(period));
        response.setContentType("text/event-stream");
        ServletOutputStream output = response.getOutputStream();
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            output.write(TimedEvent.now(i));
            output.flush();
            next += nanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
