package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.SharedContent;
import dev.pounce.files.FileExchange;
import dev.pounce.files.MediaTypes;
import dev.pounce.io.FileBytes;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.RequestTarget;
import dev.pounce.servlet.http.BridgeResponse;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** A servlet's request for a file, through whatever filters have put around it. */
final class ServletFile implements FileExchange {
    private static final int PIECE = 32 << 10;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String path;
    private final boolean isPart;
    private final @Nullable BridgeResponse direct;
    private @Nullable OutputStream out;
    private @Nullable ByteArrayOutputStream text;
    private boolean missing;

    ServletFile(HttpServletRequest request, HttpServletResponse response, String path) {
        this.request = request;
        this.response = response;
        this.path = path;
        this.isPart = isDispatched() || Originals.of(response).hasContent();
        this.direct = direct();
    }

    /** Filters that put something around the response may look at the content or change it. */
    private @Nullable BridgeResponse direct() {
        boolean direct = !isPart && !response.containsHeader("Content-Encoding");
        return direct && response instanceof BridgeResponse bare ? bare : null;
    }

    @Override
    public boolean isDirect() {
        return direct != null;
    }

    @Override
    public boolean isDispatched() {
        return request.getDispatcherType() != DispatcherType.REQUEST;
    }

    /** Filters may have written before the file. */
    @Override
    public boolean isPart() {
        return isPart;
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
        String known = MediaTypes.of(fileName);
        return type == null || known.startsWith(type + ";") ? known : type;
    }

    @Override
    public void field(String name, String value) {
        if (name.equals("Content-Type")) {
            response.setContentType(value);
        } else {
            response.setHeader(name, value);
        }
    }

    @Override
    public void addField(String name, String value) {
        response.addHeader(name, value);
    }

    @Override
    public boolean hasField(String name) {
        return response.containsHeader(name);
    }

    @Override
    public void status(int status) {
        response.setStatus(status);
    }

    @Override
    public void contentLength(long length) {
        if (!isPart) {
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

    @Override
    public void transfer(SharedFile file, long position, long count) throws IOException {
        if (direct != null) {
            direct.transfer(file, position, count);
            return;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
        long end = position + count;
        for (long at = position; at < end; at += piece.position()) {
            int length = FileBytes.fill(piece.clear(), file.channel(), at, end - at);
            write(piece.array(), 0, length);
        }
    }

    @Override
    public void finish(SharedContent content) throws IOException {
        if (direct == null) {
            write(content.bytes(), 0, content.bytes().length);
        } else {
            direct.finish(content);
        }
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
