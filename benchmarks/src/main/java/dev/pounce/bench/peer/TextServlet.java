package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.function.Supplier;

/** Answers with a short text. */
final class TextServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<String> text;

    private TextServlet(Supplier<String> text) {
        this.text = text;
    }

    /** The 13 bytes. */
    static TextServlet hello() {
        return new TextServlet(() -> "Hello, World!");
    }

    /** The slow one. */
    static TextServlet burn() {
        return new TextServlet(Burn::answer);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = text.get().getBytes(US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
