package dev.pounce.migration;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Hashtable;

/**
 * What Servlet 6.0 has removed and webapps of {@code javax.servlet} still call. {@link
 * RemovedCalls} sends their calls here; each method stands for the one of its name, of its first
 * parameter's type where that one was no static one. The class goes into the converted webapp, so
 * it may use nothing but the Java platform and the servlet API.
 */
public final class RemovedMethods {
    private RemovedMethods() {}

    // HttpServletResponse

    /** The reason phrase is not sent any more (RFC 9112 section 4). */
    public static void setStatus(
            HttpServletResponse response, int status, @Nullable String reason) {
        response.setStatus(status);
    }

    public static String encodeUrl(HttpServletResponse response, String url) {
        return response.encodeURL(url);
    }

    public static String encodeRedirectUrl(HttpServletResponse response, String url) {
        return response.encodeRedirectURL(url);
    }

    // HttpServletRequest

    public static boolean isRequestedSessionIdFromUrl(HttpServletRequest request) {
        return request.isRequestedSessionIdFromURL();
    }

    public static @Nullable String getRealPath(ServletRequest request, String path) {
        return request.getServletContext().getRealPath(path);
    }

    // HttpSession

    public static @Nullable Object getValue(HttpSession session, String name) {
        return session.getAttribute(name);
    }

    public static String[] getValueNames(HttpSession session) {
        return Collections.list(session.getAttributeNames()).toArray(String[]::new);
    }

    public static void putValue(HttpSession session, String name, @Nullable Object value) {
        session.setAttribute(name, value);
    }

    public static void removeValue(HttpSession session, String name) {
        session.removeAttribute(name);
    }

    // ServletContext

    /** Nothing, as since Servlet 2.1. */
    public static @Nullable Servlet getServlet(ServletContext context, String name) {
        return null;
    }

    /** None, as since Servlet 2.1. */
    public static Enumeration<Servlet> getServlets(ServletContext context) {
        return Collections.emptyEnumeration();
    }

    /** None, as since Servlet 2.1. */
    public static Enumeration<String> getServletNames(ServletContext context) {
        return Collections.emptyEnumeration();
    }

    public static void log(ServletContext context, Exception exception, String message) {
        context.log(message, exception);
    }

    // HttpUtils

    public static StringBuffer getRequestURL(HttpServletRequest request) {
        return request.getRequestURL();
    }

    /** The parameters of a query, by their names. */
    public static Hashtable<String, String[]> parseQueryString(String query) {
        Hashtable<String, String[]> parameters = new Hashtable<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no value: " + pair);
            }
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            parameters.merge(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    new String[] {value},
                    RemovedMethods::append);
        }
        return parameters;
    }

    private static String[] append(String[] values, String[] more) {
        String[] all = java.util.Arrays.copyOf(values, values.length + 1);
        all[values.length] = more[0];
        return all;
    }

    /** The parameters of a form that is read from the content. */
    public static Hashtable<String, String[]> parsePostData(
            int length, ServletInputStream content) {
        try {
            byte[] form = content.readNBytes(length);
            if (form.length < length) {
                throw new IllegalArgumentException("the form is shorter than " + length);
            }
            return parseQueryString(new String(form, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
