package dev.pounce.servlet.dispatch;

import dev.pounce.files.FileExchange;
import dev.pounce.files.MediaTypes;
import dev.pounce.protocol.RequestTarget;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** A servlet's request for a file, through whatever filters have put around it. */
final class ServletFile implements FileExchange {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String path;
    private @Nullable OutputStream out;
    private @Nullable ByteArrayOutputStream text;
    private boolean missing;

    ServletFile(HttpServletRequest request, HttpServletResponse response, String path) {
        this.request = request;
        this.response = response;
        this.path = path;
    }

    @Override
    public boolean isDispatched() {
        return request.getDispatcherType() != DispatcherType.REQUEST;
    }

    /** A file that a servlet dispatches to is shown whatever the client's method was. */
    @Override
    public String method() {
        String method = request.getMethod();
        return isDispatched() && !method.equals("HEAD") ? "GET" : method;
    }

    @Override
    public String path() {
        return path;
    }

    /** Conditions are about the resource that the client asked for. */
    @Override
    public List<String> fields(String name) {
        return isDispatched() ? List.of() : Collections.list(request.getHeaders(name));
    }

    @Override
    public String folderLocation() {
        String query = request.getQueryString();
        String folder = RequestTarget.encode(request.getContextPath() + path) + "/";
        return query == null ? folder : folder + "?" + query;
    }

    @Override
    public String mediaType(String fileName) {
        String type = request.getServletContext().getMimeType(fileName);
        return type == null ? MediaTypes.of(fileName) : type;
    }

    @Override
    public void field(String name, String value) {
        boolean validator = name.equals("ETag") || name.equals("Last-Modified");
        if (validator && isDispatched()) {
            return;
        }
        if (name.equals("Content-Type")) {
            response.setContentType(value);
        } else {
            response.setHeader(name, value);
        }
    }

    @Override
    public void status(int status) {
        response.setStatus(status);
    }

    @Override
    public void contentLength(long length) {
        if (!isDispatched()) {
            response.setContentLengthLong(length);
        }
    }

    /** A servlet that includes a file may be writing characters. */
    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        OutputStream target = out;
        if (target == null) {
            try {
                target = response.getOutputStream();
            } catch (IllegalStateException e) {
                ByteArrayOutputStream held = new ByteArrayOutputStream();
                text = held;
                target = held;
            }
            out = target;
        }
        target.write(content, offset, length);
    }

    /** Writes what had to be made characters of. */
    void end() throws IOException {
        ByteArrayOutputStream held = text;
        if (held != null) {
            response.getWriter().write(held.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void error(int status, String code) throws IOException {
        missing = true;
        response.sendError(status);
    }

    /** Whether there is no such file. */
    boolean isMissing() {
        return missing;
    }
}
