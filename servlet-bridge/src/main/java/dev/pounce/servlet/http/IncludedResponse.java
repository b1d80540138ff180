package dev.pounce.servlet.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A response as an included servlet sees it: it may write content, and whatever it does to the head
 * has no effect (Servlet specification, section 9.3). Used as the response inside is.
 */
public final class IncludedResponse extends HttpServletResponseWrapper {

    /**
     * @param response the one that the content goes to
     */
    public IncludedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int status) {}

    @Override
    public void sendError(int status) {}

    @Override
    public void sendError(int status, @Nullable String message) {}

    @Override
    public void sendRedirect(String location) {}

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) {}

    @Override
    public void setHeader(String name, @Nullable String value) {}

    @Override
    public void addHeader(String name, @Nullable String value) {}

    @Override
    public void setIntHeader(String name, int value) {}

    @Override
    public void addIntHeader(String name, int value) {}

    @Override
    public void setDateHeader(String name, long millis) {}

    @Override
    public void addDateHeader(String name, long millis) {}

    @Override
    public void addCookie(Cookie cookie) {}

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {}

    @Override
    public void setContentType(@Nullable String type) {}

    @Override
    public void setCharacterEncoding(@Nullable String charset) {}

    @Override
    public void setCharacterEncoding(@Nullable Charset charset) {}

    @Override
    public void setLocale(@Nullable Locale locale) {}

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setBufferSize(int size) {}

    @Override
    public void reset() {}
}
