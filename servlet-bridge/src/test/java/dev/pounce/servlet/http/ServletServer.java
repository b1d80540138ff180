package dev.pounce.servlet.http;

import dev.pounce.config.ServerConfig;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.Handler;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;
import dev.pounce.servlet.async.AsyncTimers;
import dev.pounce.servlet.async.SharedTimers;
import dev.pounce.testing.RawClient;

import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A server whose context /app has one servlet at /s/*, and a client that speaks bytes. */
final class ServletServer implements AutoCloseable {

    /** What a servlet does. */
    @FunctionalInterface
    interface Service {
        void service(BridgeRequest request, BridgeResponse response) throws Exception;
    }

    private static final PathPattern PATTERN = PathPattern.ofServlet("/s/*");

    private final HttpServer server;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ServletServer(Service service) throws Exception {
        this(config -> config, SharedTimers.INSTANCE, service);
    }

    ServletServer(UnaryOperator<ServerConfig> settings, AsyncTimers timers, Service service)
            throws Exception {
        server =
                new HttpServer(
                        settings.apply(
                                ServerConfig.defaults()
                                        .withHost("127.0.0.1")
                                        .withPort(0)
                                        .withWorkers(1)));
        Handler handler =
                exchange -> {
                    String path = exchange.path().substring("/app".length());
                    BridgeRequest request =
                            new BridgeRequest(
                                    exchange,
                                    RequestApplication.of(context()),
                                    RequestPaths.of("/app", path, PATTERN, "s"),
                                    RequestTopics.none(),
                                    new RequestCookies(exchange),
                                    new FormLimits(64, 4));
                    BridgeResponse response = new BridgeResponse(exchange, new Services(timers));
                    try {
                        run(service, request, response);
                    } catch (Exception | AssertionError e) {
                        response.detach();
                        throw e;
                    }
                    if (response.sentError() != null) {
                        SentError error = response.beginErrorPage();
                        response.setContentType("text/plain");
                        response.getWriter().print("error " + error.status());
                    }
                    response.finish();
                };
        Route route = new Route(PATTERN, handler, "s");
        server.routes(new RouteTable(List.of(new ContextRoutes("/app", List.of(route)))));
        server.start();
    }

    /** What a servlet throws fails the test too, even where the client sees nothing of it. */
    private void run(Service service, BridgeRequest request, BridgeResponse response)
            throws Exception {
        try {
            service.service(request, response);
        } catch (Exception | AssertionError e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private record Services(AsyncTimers timers) implements ResponseServices {
        @Override
        public @Nullable String charsetOf(Locale locale) {
            return locale.equals(Locale.JAPANESE) ? "Shift_JIS" : null;
        }

        @Override
        public @Nullable String defaultCharset() {
            return null;
        }

        @Override
        public String encodeUrl(String url) {
            return url;
        }

        @Override
        public boolean sendsRelativeRedirects() {
            return false;
        }

        @Override
        public void wasReset() {}

        @Override
        public ListenerAccess listeners() {
            return RequestTopics.none().listeners();
        }

        @Override
        public Future<?> after(long millis, Runnable callback) {
            return timers.after(millis, callback);
        }
    }

    /** An application that names no charset; everything else must not be asked for. */
    private static ServletContext context() {
        return (ServletContext)
                Proxy.newProxyInstance(
                        ServletContext.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getRequestCharacterEncoding")) {
                                return null;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    /** The whole response of a server of its own to a GET, whose bytes are characters here. */
    static String answer(Service service) throws Exception {
        try (ServletServer server = new ServletServer(service)) {
            return server.get("/app/s/x");
        }
    }

    /** What follows the head of such a response. */
    static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    /** The content of such a response, framed either way. */
    static String content(String response) {
        String content = body(response);
        if (!response.contains("Transfer-Encoding: chunked")) {
            return content;
        }
        StringBuilder joined = new StringBuilder();
        int at = 0;
        while (true) {
            int line = content.indexOf("\r\n", at);
            int length = Integer.parseInt(content.substring(at, line), 16);
            if (length == 0) {
                return joined.toString();
            }
            joined.append(content, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }

    /** Sends a request whose lines end with LF here, and returns everything that comes back. */
    String send(String head, String body) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            (head.replace("\n", "\r\n") + "\r\n" + body)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            return text(socket.getInputStream());
        }
    }

    String get(String target) throws Exception {
        return send("GET " + target + " HTTP/1.1\nHost: h:81\nConnection: close\n", "");
    }

    String post(String target, String type, String body) throws Exception {
        return send(
                "POST "
                        + target
                        + " HTTP/1.1\nHost: h\nConnection: close\nContent-Type: "
                        + type
                        + "\nContent-Length: "
                        + body.length()
                        + "\n",
                body);
    }

    Socket connect() throws Exception {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    RawClient open(String target, String... lines) throws Exception {
        return new RawClient(server.port())
                .send(
                        "GET "
                                + target
                                + " HTTP/1.1\nHost: h\n"
                                + String.join("\n", lines)
                                + (lines.length == 0 ? "\n" : "\n\n"));
    }

    int encodersInUse() {
        return server.encodersInUse();
    }

    static String text(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError("the servlet failed", thrown);
        }
    }
}
