package dev.pounce.bench.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Flushes each KiB of its answer. */
public final class ChunksServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/plain");
        ServletOutputStream output = response.getOutputStream();
        for (byte[] chunk : Content.chunks()) {
            output.write(chunk);
            output.flush();
        }
    }
}
