package dev.pounce.servlet.http;

import dev.pounce.api.EarlyHints;
import dev.pounce.api.ServerTiming;
import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.HttpDates;
import dev.pounce.protocol.RequestHead;
import dev.pounce.servlet.upgrade.HandlerUpgrade;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpUpgradeHandler;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A request as servlets see it: a façade that leaves each topic to a class of its own. Used by one
 * thread at a time.
 */
public final class BridgeRequest extends TopicalRequest {

    private final RequestHead head;
    private final Exchange exchange;
    private final ServletContext context;
    private final RequestContent content;
    private final AttributeEvents events;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private Dispatch dispatch;
    private boolean asyncSupported;
    private @Nullable RequestUrl url;
    private @Nullable List<Cookie> cookies;
    private @Nullable List<Locale> locales;

    /**
     * @param context the application that is asked
     * @param paths how the request was matched
     * @param topics what the façade does not do itself
     * @param limits what the client may send as parameters
     */
    public BridgeRequest(
            Exchange exchange,
            ServletContext context,
            RequestPaths paths,
            RequestTopics topics,
            FormLimits limits) {
        super(topics);
        this.exchange = exchange;
        this.context = context;
        head = exchange.request();
        events = topics.attributes();
        content =
                new RequestContent(
                        exchange.body(),
                        head.method(),
                        head.field("Content-Type"),
                        context.getRequestCharacterEncoding(),
                        topics.parts(),
                        topics.listeners(),
                        limits);
        dispatch = Dispatch.ofClient(paths, head.rawPath(), head.rawQuery());
    }

    /** How the request came to the servlet that handles it now. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** Replaces it, for the time of a dispatch that puts the former one back. */
    public void dispatch(Dispatch next) {
        dispatch = next;
    }

    /** Says whether everything that handles the request now supports asynchronous processing. */
    public void asyncSupported(boolean supported) {
        asyncSupported = supported;
    }

    @Override
    public boolean isAsyncSupported() {
        return asyncSupported;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws ServletException {
        T handler;
        try {
            handler = type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ServletException("the upgrade handler cannot be made: " + type.getName(), e);
        }
        exchange.upgrade(new HandlerUpgrade(handler, context.getClassLoader()));
        return handler;
    }

    // Head

    @Override
    public String getMethod() {
        String method = dispatch.method();
        return method != null ? method : head.method();
    }

    @Override
    public String getProtocol() {
        return head.version();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return head.field(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(head.fields(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(head.fieldNames());
    }

    @Override
    public int getIntHeader(String name) {
        String value = head.field(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        String value = head.field(name);
        if (value == null) {
            return -1;
        }
        Instant date = HttpDates.parse(value);
        if (date == null) {
            throw new IllegalArgumentException("not a date of RFC 9110 section 5.6.7: " + value);
        }
        return date.toEpochMilli();
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        List<Cookie> all = cookies;
        if (all == null) {
            all = CookieReader.read(head.fields("Cookie"));
            cookies = all;
        }
        return all.isEmpty() ? null : all.toArray(Cookie[]::new);
    }

    private List<Locale> locales() {
        List<Locale> all = locales;
        if (all == null) {
            all = AcceptLanguage.locales(head.fields("Accept-Language"));
            all = all.isEmpty() ? List.of(Locale.getDefault()) : all;
            locales = all;
        }
        return all;
    }

    @Override
    public Locale getLocale() {
        return locales().get(0);
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(locales());
    }

    // Where the request went

    private RequestUrl url() {
        RequestUrl known = url;
        if (known == null) {
            known = RequestUrl.of(head, exchange.connection());
            url = known;
        }
        return known;
    }

    @Override
    public String getScheme() {
        return url().scheme();
    }

    @Override
    public String getServerName() {
        return url().serverName();
    }

    @Override
    public int getServerPort() {
        return url().serverPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(url().origin()).append(dispatch.requestUri());
    }

    @Override
    public String getRequestURI() {
        return dispatch.requestUri();
    }

    @Override
    public @Nullable String getQueryString() {
        return dispatch.queryString();
    }

    @Override
    public String getContextPath() {
        return dispatch.paths().contextPath();
    }

    @Override
    public String getServletPath() {
        return dispatch.paths().servletPath();
    }

    @Override
    public @Nullable String getPathInfo() {
        return dispatch.paths().pathInfo();
    }

    @Override
    public @Nullable String getPathTranslated() {
        String info = getPathInfo();
        return info == null ? null : context.getRealPath(info);
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return dispatch.paths().mapping();
    }

    @Override
    public DispatcherType getDispatcherType() {
        return dispatch.type();
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    /** A path without a slash at its beginning is relative to the one of this request. */
    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(@Nullable String path) {
        if (path == null) {
            return null;
        }
        if (path.startsWith("/")) {
            return context.getRequestDispatcher(path);
        }
        String info = getPathInfo();
        String here = info == null ? getServletPath() : getServletPath() + info;
        String folder = here.substring(0, here.lastIndexOf('/') + 1);
        return context.getRequestDispatcher(folder + path);
    }

    // Connection

    private ConnectionInfo connection() {
        return exchange.connection();
    }

    @Override
    public boolean isSecure() {
        return connection().isSecure();
    }

    @Override
    public String getRemoteAddr() {
        return connection().remoteAddress().getAddress().getHostAddress();
    }

    /** The address: a name would have to be asked for, by each request. */
    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }

    @Override
    public int getRemotePort() {
        return connection().remoteAddress().getPort();
    }

    @Override
    public String getLocalAddr() {
        return connection().localAddress().getAddress().getHostAddress();
    }

    @Override
    public String getLocalName() {
        return connection().localAddress().getHostString();
    }

    @Override
    public int getLocalPort() {
        return connection().localAddress().getPort();
    }

    @Override
    public String getRequestId() {
        return exchange.requestId();
    }

    @Override
    public String getProtocolRequestId() {
        return "";
    }

    @Override
    public ServletConnection getServletConnection() {
        return new ConnectionView(connection());
    }

    // Content and parameters

    @Override
    public @Nullable String getContentType() {
        return head.field("Content-Type");
    }

    @Override
    public long getContentLengthLong() {
        return head.field("Content-Length") == null ? -1 : exchange.body().length();
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return content.charset();
    }

    @Override
    public void setCharacterEncoding(String charset) throws UnsupportedEncodingException {
        content.charset(charset);
    }

    @Override
    public ServletInputStream getInputStream() {
        return content.stream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return content.reader();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> own = content.parameters(head.rawQuery());
        String added = dispatch.addedQuery();
        return added == null ? own : content.withQuery(added, own);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public boolean isTrailerFieldsReady() {
        return exchange.body().isComplete();
    }

    @Override
    public Map<String, String> getTrailerFields() {
        if (!isTrailerFieldsReady()) {
            throw new IllegalStateException(
                    "the trailers are known once the content was read to its end");
        }
        return exchange.body().trailers();
    }

    /** The content's listener is not called any more, and nobody waits in its stead. */
    public void endListening() {
        content.endListening();
    }

    /** The request is over: a thread of the application that still reads gets an error. */
    public void detach() {
        content.detach();
    }

    /** The content for whoever reads it as parts. */
    public ServletInputStream contentStream() {
        return content.rawStream();
    }

    // Attributes

    @Override
    public @Nullable Object getAttribute(String name) {
        Object passing = dispatch.attributes().get(name);
        Object known = passing != null ? passing : attributes.get(name);
        return known == null ? ofPounce(name) : known;
    }

    /** What Pounce's own API adds. */
    private @Nullable Object ofPounce(String name) {
        return switch (name) {
            case ServerTiming.ATTRIBUTE -> exchange.timing();
            case EarlyHints.ATTRIBUTE -> new BridgeEarlyHints(exchange.response());
            case null, default -> null;
        };
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new LinkedHashSet<>(attributes.keySet());
        names.addAll(dispatch.attributes().keySet());
        return Collections.enumeration(names);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
            return;
        }
        Objects.requireNonNull(name, "an attribute needs a name");
        Object before = attributes.put(name, value);
        if (before == null) {
            events.added(this, name, value);
        } else {
            events.replaced(this, name, before);
        }
    }

    @Override
    public void removeAttribute(String name) {
        Object before = attributes.remove(name);
        if (before != null) {
            events.removed(this, name, before);
        }
    }
}
