package dev.pounce.samples.servlet;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * A page whose rows appear one by one: each flush is on the wire, compressed, before it returns.
 * {@code /stream?millis=1000} takes its time.
 */
@WebServlet("/stream")
public final class StreamingPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int ROWS = 10;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int millis = Parameters.millis(request, 300);
        if (millis < 0) {
            response.sendError(400, "millis must be a number that is not too large");
            return;
        }
        response.setContentType("text/html;charset=utf-8");
        PrintWriter page = response.getWriter();
        page.print(
                """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>A page that streams</title></head>
                <body><h1>A page that streams</h1>
                <ol>
                """);
        for (int row = 1; row <= ROWS; row++) {
            page.print("<li>Row " + row + " of " + ROWS + "</li>\n");
            page.flush();
            Parameters.pause(millis);
        }
        page.print("</ol>\n<p>That was all.</p></body></html>\n");
    }
}
