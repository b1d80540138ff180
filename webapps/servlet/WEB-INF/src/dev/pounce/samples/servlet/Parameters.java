package dev.pounce.samples.servlet;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;

/** What the streams of this sample are asked for: how much, and how fast. */
final class Parameters {
    private static final int MOST_MILLIS = 10_000;

    private Parameters() {}

    /** A parameter's value, or -1 when it is no number from 0 to the most. */
    static int number(HttpServletRequest request, String name, int otherwise, int most) {
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

    /** The time between two parts of a stream, or -1 when it is no number or too long. */
    static int millis(HttpServletRequest request, int otherwise) {
        return number(request, "millis", otherwise, MOST_MILLIS);
    }

    /** Waits before the next part of a stream. */
    static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in the middle of a stream", e);
        }
    }
}
