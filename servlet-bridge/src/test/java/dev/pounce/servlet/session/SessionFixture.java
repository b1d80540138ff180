package dev.pounce.servlet.session;

import dev.pounce.servlet.http.SessionExchange;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** An application's sessions whose time is moved by hand, and requests that use them. */
final class SessionFixture {
    static final long START = 1_000_000_000_000L;

    /** Time that stands still. */
    static final class MovedClock implements InstantSource {
        private final AtomicLong millis = new AtomicLong(START);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }

        void seconds(long seconds) {
            millis.addAndGet(seconds * 1000);
        }
    }

    /** A request from a client that keeps cookies, or not. */
    static final class FakeExchange implements SessionExchange {
        final List<Cookie> sent = new ArrayList<>();
        final Map<String, Cookie> answered = new LinkedHashMap<>();
        String path = "/app/page";
        boolean secure;
        boolean committed;

        FakeExchange cookie(String name, String value) {
            sent.add(new Cookie(name, value));
            return this;
        }

        FakeExchange path(String path) {
            this.path = path;
            return this;
        }

        String answeredId() {
            return answered.get("JSESSIONID").getValue();
        }

        @Override
        public List<Cookie> cookies() {
            return sent;
        }

        @Override
        public String requestPath() {
            return path;
        }

        @Override
        public String origin() {
            return secure ? "https://host" : "http://host";
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public boolean isCommitted() {
            return committed;
        }

        @Override
        public void replaceCookie(Cookie cookie) {
            answered.put(cookie.getName(), cookie);
        }
    }

    final MovedClock clock = new MovedClock();
    final ClassLoader loader = new URLClassLoader(new URL[0]);
    final ServletContext context;
    final SessionManager manager;

    SessionFixture() {
        this(SessionConfig.DEFAULT, SessionListeners.NONE);
    }

    SessionFixture(SessionConfig config, SessionListeners listeners) {
        this("/app", config, listeners);
    }

    SessionFixture(String contextPath, SessionConfig config, SessionListeners listeners) {
        context = context(contextPath, loader);
        manager = new SessionManager(context, config, listeners, clock);
    }

    private static ServletContext context(String path, ClassLoader loader) {
        return (ServletContext)
                Proxy.newProxyInstance(
                        ServletContext.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getContextPath" -> path;
                                    case "getClassLoader" -> loader;
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    case "equals" -> proxy == arguments[0];
                                    case "toString" -> "context " + path;
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    RequestSession request(FakeExchange exchange) {
        return new RequestSession(manager, exchange, null);
    }

    /** A request with a session's id in its cookie. */
    RequestSession requestWith(String id) {
        return request(new FakeExchange().cookie("JSESSIONID", id));
    }

    /** Makes a session, by a request that is over. */
    BridgeSession idleSession() {
        RequestSession request = request(new FakeExchange());
        BridgeSession session = (BridgeSession) request.session(true);
        request.end();
        return session;
    }

    long sweep() {
        return manager.sweep(clock.millis());
    }
}
