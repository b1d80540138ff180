package dev.pounce.samples.servlet;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;

/**
 * Server-sent events: {@code /events?count=20&millis=100}. A browser reads them with EventSource, a
 * person with {@code curl -N --compressed}.
 */
@WebServlet("/events")
public final class EventStream extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_EVENTS = 1000;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int count = Parameters.number(request, "count", 10, MOST_EVENTS);
        int millis = Parameters.millis(request, 1000);
        if (count < 0 || millis < 0) {
            response.sendError(400, "count and millis must be numbers that are not too large");
            return;
        }
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        PrintWriter events = response.getWriter();
        for (int id = 1; id <= count; id++) {
            events.print("id: " + id + "\ndata: event " + id + " at " + Instant.now() + "\n\n");
            response.flushBuffer();
            Parameters.pause(id < count ? millis : 0);
        }
        events.print("event: end\ndata: that was all\n\n");
    }
}
