package dev.pounce.bench.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Writes a MiB, 8 KiB at a time, and flushes nothing. */
public final class LargeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/plain");
        ServletOutputStream output = response.getOutputStream();
        for (byte[] part : Content.parts()) {
            output.write(part);
        }
    }
}
