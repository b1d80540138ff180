package dev.pounce.servlet.http;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.exchange.SharedContent;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.HttpDates;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A response as servlets see it. As the specification asks, changes of the head after the commit
 * have no effect. Used by one thread at a time, but for its stream: threads of an application may
 * write while the container ends its response with an error.
 */
public final class BridgeResponse implements HttpServletResponse {

    /** Which way of writing is in use. */
    private enum Output {
        NONE,
        STREAM,
        WRITER
    }

    private final Exchange exchange;
    private final Response response;
    private final ResponseServices services;
    private final ResponseType type;
    private final BridgeOutputStream stream;
    private Output output = Output.NONE;
    private @Nullable BridgeWriter writer;

    /** Whether content may come from several writers or threads. */
    private boolean shared;

    private volatile @Nullable SentError error;
    private int interimStatus;
    private @Nullable Supplier<Map<String, String>> trailers;

    /** The status that it had in the end; 0 as long as it goes on. */
    private int lastStatus;

    /**
     * @param services the application that answers
     */
    public BridgeResponse(Exchange exchange, ResponseServices services) {
        this.exchange = exchange;
        this.services = services;
        response = exchange.response();
        type = new ResponseType(response, services);
        stream = new BridgeOutputStream(response, services);
    }

    /** The error that was sent and that no error page has answered yet, or null. */
    public @Nullable SentError sentError() {
        return error;
    }

    /**
     * Takes the error over for an error page: content counts again and so do fields.
     *
     * @throws IllegalStateException when there is none, or the response is committed
     */
    public SentError beginErrorPage() {
        SentError sent = error;
        if (sent == null) {
            throw new IllegalStateException("no error was sent");
        }
        stream.endListening();
        stream.resume(
                () -> {
                    resetBuffer(Output.NONE);
                    dropWriter();
                    type.clear();
                    error = null;
                });
        return sent;
    }

    /**
     * Ends the response: what the writer still holds back is written, and everything is sent.
     *
     * @throws IOException when the client is gone
     */
    public void finish() throws IOException {
        if (writer != null) {
            writer.close();
        }
        stream.close();
    }

    /** Whether content is written as characters. */
    public boolean hasWriter() {
        return output == Output.WRITER;
    }

    /** Whether content was written, or may have been, where a writer holds some back. */
    public boolean hasContent() {
        return hasWriter() || response.written() > 0;
    }

    /**
     * Writes a part of a file to the stream.
     *
     * @throws IllegalStateException when {@link #hasWriter}
     * @throws java.io.EOFException when the file ends inside of the part
     */
    public void transfer(SharedFile file, long position, long count) throws IOException {
        getOutputStream();
        stream.transfer(file, position, count);
    }

    /**
     * Writes to the stream what is the whole content, and closes it.
     *
     * @throws IllegalStateException when {@link #hasWriter}
     */
    public void finish(SharedContent content) throws IOException {
        getOutputStream();
        stream.finish(content);
    }

    /** The stream's listener is not called any more, and what was taken from it is written. */
    public void endListening() {
        stream.endListening();
    }

    /**
     * The response is over: what a thread of the application still writes is dropped. Its pipeline
     * is the next response's.
     */
    public void detach() {
        stream.detach();
        lastStatus = response.status();
    }

    /**
     * Changes what the response is written with while nobody writes to it.
     *
     * @param change takes no lock that is held by anybody who writes
     */
    public void alter(Runnable change) {
        stream.alter(change);
    }

    private boolean isDetached() {
        return lastStatus != 0;
    }

    /**
     * From now on threads of the application may write, too. Called by the thread that has the
     * request.
     */
    public void share() {
        shared = true;
        if (writer != null) {
            writer.share();
        }
    }

    /** What the writer has held back is the response's before anything is decided by it. */
    private void settle() {
        if (writer != null) {
            writer.settle();
        }
    }

    /** The exchange that it answers. */
    public Exchange exchange() {
        return exchange;
    }

    /** The message's pipeline, for what ends a request. */
    public Response pipeline() {
        return response;
    }

    @Override
    public boolean isCommitted() {
        return error != null || isDetached() || response.isCommitted();
    }

    private void checkNotCommitted(String what) {
        if (isCommitted()) {
            throw new IllegalStateException(what + " after the response was committed");
        }
    }

    // Status

    /** No response ends with an interim status: it is remembered, and what was set before sent. */
    @Override
    public void setStatus(int status) {
        if (isCommitted()) {
            return;
        }
        if (status >= SC_CONTINUE && status < SC_OK) {
            interimStatus = status;
        } else {
            finalStatus(status);
        }
    }

    private void finalStatus(int status) {
        response.status(status);
        interimStatus = 0;
    }

    @Override
    public int getStatus() {
        if (isDetached()) {
            return lastStatus;
        }
        return interimStatus == 0 ? response.status() : interimStatus;
    }

    @Override
    public void sendError(int status) {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        stream.suspend(
                () -> {
                    checkNotCommitted("an error was sent");
                    finalStatus(status);
                    resetBuffer(Output.NONE);
                    response.contentLength(-1);
                    error = new SentError(status, message);
                });
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        checkNotCommitted("a redirect was sent");
        if (location == null) {
            throw new IllegalArgumentException("the location of a redirect must not be null");
        }
        response.fields().set("Location", target(location));
        finalStatus(status);
        if (clearBuffer) {
            resetBuffer();
            response.contentLength(-1);
            type.clear();
            type.type("text/html;charset=utf-8");
            stream.write(note(location).getBytes(Charset.forName(type.charset())));
        }
        finish();
    }

    private String target(String location) {
        if (services.sendsRelativeRedirects()) {
            return location;
        }
        RequestUrl url = RequestUrl.of(exchange.request(), exchange.connection());
        return url.absolute(location, exchange.request().rawPath());
    }

    /** For people whose client does not follow (RFC 9110 section 15.4.4). */
    private static String note(String location) {
        String link = HtmlText.escape(location);
        return "<!doctype html><title>Redirect</title><a href=\"" + link + "\">" + link + "</a>\n";
    }

    // Fields

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isCommitted() || setSpecial(name, value)) {
            return;
        }
        if (value == null) {
            response.fields().remove(name);
        } else {
            response.fields().set(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (value != null && !isCommitted() && !setSpecial(name, value)) {
            response.fields().add(name, value);
        }
    }

    /** Fields that are more than text, and what has no name, which has no effect. */
    private boolean setSpecial(@Nullable String name, @Nullable String value) {
        if (name == null || name.isEmpty()) {
            return true;
        }
        if (name.equalsIgnoreCase("Content-Type")) {
            settle();
            type.type(value);
            return true;
        }
        if (name.equalsIgnoreCase("Content-Length")) {
            settle();
            response.contentLength(value == null ? -1 : Long.parseLong(value.strip()));
            return true;
        }
        return false;
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long millis) {
        setHeader(name, HttpDates.format(Instant.ofEpochMilli(millis)));
    }

    @Override
    public void addDateHeader(String name, long millis) {
        addHeader(name, HttpDates.format(Instant.ofEpochMilli(millis)));
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (isDetached()) {
            return null;
        }
        if (name.equalsIgnoreCase("Content-Length") && response.contentLength() >= 0) {
            return Long.toString(response.contentLength());
        }
        return response.fields().get(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return isDetached() ? List.of() : response.fields().all(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return isDetached() ? List.of() : List.copyOf(response.fields().names());
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", SetCookie.value(cookie, InstantSource.system()));
    }

    @Override
    public String encodeURL(String url) {
        return services.encodeUrl(url);
    }

    @Override
    public String encodeRedirectURL(String url) {
        return services.encodeUrl(url);
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        checkNotCommitted("trailers were set");
        if (!response.canSendTrailers()) {
            throw new IllegalStateException("the request's protocol has no trailers");
        }
        trailers = supplier;
        response.trailers(supplier);
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return trailers;
    }

    // Content

    @Override
    public void setContentType(@Nullable String value) {
        if (!isCommitted()) {
            settle();
            type.type(value);
        }
    }

    @Override
    public @Nullable String getContentType() {
        return type.value();
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        if (!isCommitted()) {
            type.charset(charset);
        }
    }

    @Override
    public void setCharacterEncoding(@Nullable Charset charset) {
        setCharacterEncoding(charset == null ? null : charset.name());
    }

    @Override
    public String getCharacterEncoding() {
        return type.charset();
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        if (!isCommitted()) {
            type.locale(locale);
        }
    }

    @Override
    public Locale getLocale() {
        return type.locale();
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (!isCommitted()) {
            settle();
            response.contentLength(Math.max(length, -1));
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (output == Output.WRITER) {
            throw new IllegalStateException("getWriter() was called for this response already");
        }
        output = Output.STREAM;
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (output == Output.STREAM) {
            throw new IllegalStateException(
                    "getOutputStream() was called for this response already");
        }
        BridgeWriter current = writer;
        if (current == null) {
            Charset charset = isDetached() ? StandardCharsets.UTF_8 : type.fix();
            current = new BridgeWriter(stream, charset, shared);
            writer = current;
        }
        output = Output.WRITER;
        return current;
    }

    @Override
    public void setBufferSize(int size) {
        settle();
        stream.alter(
                () -> {
                    checkNotCommitted("the buffer's size was set");
                    response.bufferSize(size);
                });
    }

    @Override
    public int getBufferSize() {
        return response.bufferSize();
    }

    @Override
    public void flushBuffer() throws IOException {
        settle();
        stream.flush();
    }

    @Override
    public void resetBuffer() {
        stream.alter(
                () -> {
                    checkNotCommitted("the buffer was reset");
                    resetBuffer(output);
                });
    }

    /** The application may write on with it, and with the next one in turn. */
    private void dropWriter() {
        if (writer != null) {
            writer.retire();
            writer = null;
            shared = true;
        }
    }

    private void resetBuffer(Output next) {
        response.resetBuffer();
        if (writer != null) {
            writer.resetEncoding();
        }
        output = next;
    }

    @Override
    public void reset() {
        stream.alter(
                () -> {
                    checkNotCommitted("the response was reset");
                    response.reset();
                    interimStatus = 0;
                    type.reset();
                    dropWriter();
                    trailers = null;
                    output = Output.NONE;
                    services.wasReset();
                });
    }
}
