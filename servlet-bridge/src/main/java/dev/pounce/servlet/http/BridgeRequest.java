package dev.pounce.servlet.http;

import dev.pounce.api.EarlyHints;
import dev.pounce.api.ServerTiming;
import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.HttpDates;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestTarget;
import dev.pounce.servlet.upgrade.HandlerUpgrade;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A request as servlets see it: a façade that leaves each topic to a class of its own. A dispatch
 * makes another façade over the same message, so that who has kept this one, or works on
 * asynchronously, still sees what it saw before (Servlet specification, sections 9.3 and 9.4). Used
 * by one thread at a time, but for its attributes.
 */
public final class BridgeRequest extends TopicalRequest {

    private final RequestMessage message;
    private final Dispatch dispatch;
    private RequestContent content;
    private boolean asyncSupported;
    private @Nullable Map<String, String[]> merged;

    /**
     * @param application the application that is asked
     * @param paths how the request was matched
     * @param topics what the façade does not do itself
     * @param cookies what the client sent of them
     * @param limits what the client may send as parameters
     */
    public BridgeRequest(
            Exchange exchange,
            RequestApplication application,
            RequestPaths paths,
            RequestTopics topics,
            RequestCookies cookies,
            FormLimits limits) {
        this(
                topics,
                new RequestMessage(
                        exchange,
                        content(
                                exchange,
                                exchange.request(),
                                application.context(),
                                topics,
                                limits),
                        cookies,
                        limits),
                Dispatch.ofClient(
                        application,
                        paths,
                        exchange.request().rawPath(),
                        exchange.request().rawQuery()));
    }

    private BridgeRequest(RequestTopics topics, RequestMessage message, Dispatch dispatch) {
        super(topics, dispatch.application());
        this.message = message;
        this.dispatch = dispatch;
        content = message.content;
    }

    private static RequestContent content(
            Exchange exchange,
            RequestHead head,
            ServletContext context,
            RequestTopics topics,
            FormLimits limits) {
        return new RequestContent(
                exchange.body(),
                head.method(),
                head.field("Content-Type"),
                context.getRequestCharacterEncoding(),
                topics.parts(),
                topics.listeners(),
                limits);
    }

    /**
     * The same request as another dispatch shows it.
     *
     * @param supportsAsync whether everything that handles it there supports asynchronous
     *     processing
     */
    public BridgeRequest dispatched(Dispatch next, boolean supportsAsync) {
        BridgeRequest other = new BridgeRequest(topics(), message, next);
        other.asyncSupported = supportsAsync;
        return other;
    }

    /** Says who its user is, for logs. */
    public void knownAs(String userName) {
        exchange().user(userName);
    }

    /** The head, which is the client's unless another one was restored. */
    public RequestHead head() {
        return message.head();
    }

    /**
     * The whole content, which can be read as before afterwards.
     *
     * @throws dev.pounce.protocol.ProtocolException when it is longer (413), or malformed
     */
    public byte[] peekContent(int max) throws IOException {
        return content.peek(max);
    }

    /**
     * Puts a request in the place of this one, which has no content and was not dispatched yet: the
     * one that the client sent before it had to log in. The path stays.
     */
    public void restore(RequestHead former, byte[] formerContent) {
        exchange().body().replace(formerContent);
        content = content(exchange(), former, getServletContext(), topics(), message.limits);
        message.restore(former, content);
    }

    /** How the request came to the servlet that handles it. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** Whether both are façades of the same request. */
    public boolean isSameAs(ServletRequest other) {
        return other instanceof BridgeRequest facade && facade.message == message;
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
        topics().async().standAlone();
        exchange().upgrade(new HandlerUpgrade(handler, getServletContext().getClassLoader()));
        return handler;
    }

    // Head

    @Override
    public String getMethod() {
        String method = dispatch.method();
        return method != null ? method : head().method();
    }

    @Override
    public String getProtocol() {
        return head().version();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return head().field(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(head().fields(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(head().fieldNames());
    }

    @Override
    public int getIntHeader(String name) {
        String value = head().field(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        String value = head().field(name);
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
        List<Cookie> all = message.cookies.all();
        return all.isEmpty() ? null : all.toArray(Cookie[]::new);
    }

    @Override
    public Locale getLocale() {
        return message.locales().get(0);
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(message.locales());
    }

    /** A servlet has names of its own for roles. */
    @Override
    public boolean isUserInRole(String role) {
        String servlet = dispatch.target().mapping().getServletName();
        return topics().security().isInRole(role, servlet);
    }

    // Where the request went

    @Override
    public String getScheme() {
        return message.url().scheme();
    }

    @Override
    public String getServerName() {
        return message.url().serverName();
    }

    @Override
    public int getServerPort() {
        return message.url().serverPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(message.url().origin()).append(dispatch.requestUri());
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
        return info == null ? null : getServletContext().getRealPath(info);
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
        return dispatch.application().context();
    }

    /**
     * A path without a slash at its beginning is relative to the one of this request; where
     * something is included, to that one's.
     */
    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(@Nullable String path) {
        if (path == null) {
            return null;
        }
        if (path.startsWith("/")) {
            return getServletContext().getRequestDispatcher(path);
        }
        String here = dispatch.target().inContext();
        String folder = here.substring(0, here.lastIndexOf('/') + 1);
        return getServletContext().getRequestDispatcher(RequestTarget.encode(folder) + path);
    }

    // Connection

    private ConnectionInfo connection() {
        return exchange().connection();
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
        return exchange().requestId();
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
        return head().field("Content-Type");
    }

    @Override
    public long getContentLengthLong() {
        return head().field("Content-Length") == null ? -1 : exchange().body().length();
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
        Map<String, String[]> own = content.parameters(head().rawQuery());
        String added = dispatch.addedQuery();
        if (added == null) {
            return own;
        }
        Map<String, String[]> all = merged;
        if (all == null) {
            all = content.withQuery(added, own);
            merged = all;
        }
        return all;
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
        return exchange().body().isComplete();
    }

    @Override
    public Map<String, String> getTrailerFields() {
        if (!isTrailerFieldsReady()) {
            throw new IllegalStateException(
                    "the trailers are known once the content was read to its end");
        }
        return exchange().body().trailers();
    }

    /** The content's listener is not called any more, and nobody waits in its stead. */
    public void endListening() {
        content.endListening();
    }

    /**
     * The request is over: a thread of the application that still reads gets an error. The exchange
     * and its memory are the next request's.
     */
    public void detach() {
        message.detach();
    }

    private Exchange exchange() {
        return message.exchange();
    }

    /** The content for whoever reads it as parts. */
    public ServletInputStream contentStream() {
        return content.rawStream();
    }

    // Attributes

    @Override
    public @Nullable Object getAttribute(String name) {
        Object passing = dispatch.attributes().get(name);
        Object known = passing != null ? passing : message.attributes().get(name);
        return known == null ? ofPounce(name) : known;
    }

    /** What Pounce's own API adds. */
    private @Nullable Object ofPounce(String name) {
        return switch (name) {
            case ServerTiming.ATTRIBUTE -> exchange().timing();
            case EarlyHints.ATTRIBUTE -> new BridgeEarlyHints(() -> exchange().response());
            case null, default -> null;
        };
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new LinkedHashSet<>(message.attributes().keySet());
        names.addAll(dispatch.attributes().keySet());
        return Collections.enumeration(names);
    }

    /** What a dispatch has set, an application may set otherwise, until the dispatch returns. */
    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
            return;
        }
        Objects.requireNonNull(name, "an attribute needs a name");
        if (dispatch.attributes().containsKey(name)) {
            dispatch.attributes().put(name, value);
            return;
        }
        Object before = message.changedAttributes().put(name, value);
        if (before == null) {
            dispatch.application().attributes().added(this, name, value);
        } else {
            dispatch.application().attributes().replaced(this, name, before);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (dispatch.attributes().containsKey(name)) {
            dispatch.attributes().remove(name);
            return;
        }
        Object before = message.changedAttributes().remove(name);
        if (before != null) {
            dispatch.application().attributes().removed(this, name, before);
        }
    }
}
