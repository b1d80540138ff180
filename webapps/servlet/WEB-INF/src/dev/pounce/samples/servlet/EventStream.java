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
    private static final int MOST_MILLIS = 10_000;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int count = number(request, "count", 10, MOST_EVENTS);
        int millis = number(request, "millis", 1000, MOST_MILLIS);
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
            pause(id < count ? millis : 0);
        }
        events.print("event: end\ndata: that was all\n\n");
    }

    /** A parameter's value, or -1 when it is no number from 0 to the most. */
    private static int number(HttpServletRequest request, String name, int otherwise, int most) {
        String text = request.getParameter(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            return value > most ? -1 : value;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted between two events", e);
        }
    }
}
