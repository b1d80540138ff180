package dev.pounce.bench.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Answers with the 13 bytes after 100 ms in which it needs nothing. */
public final class SleepServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** How long it sleeps. */
    public static final int MILLIS = 100;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while asleep");
        }
        byte[] body = Content.HELLO.getBytes(US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
