package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.Handler;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;
import dev.pounce.servlet.http.BridgeSessionExchange;
import dev.pounce.servlet.http.RequestCookies;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sessions as a client sees them, in bytes over a socket. */
class SessionOverHttpTest {
    private static final Pattern COOKIE =
            Pattern.compile("set-cookie: (JSESSIONID=[^;\r]*)([^\r]*)\r\n");

    private final SessionFixture fixture = new SessionFixture();
    private final HttpServer server =
            new HttpServer(
                    ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));

    @BeforeEach
    void start() throws Exception {
        Handler handler =
                exchange -> {
                    RequestSession request =
                            new RequestSession(
                                    fixture.manager,
                                    new BridgeSessionExchange(
                                            exchange, new RequestCookies(exchange), fixture.clock),
                                    null);
                    try {
                        answer(request, exchange);
                    } finally {
                        request.end();
                    }
                };
        Route route = new Route(PathPattern.ofServlet("/s/*"), handler, "s");
        server.routes(new RouteTable(List.of(new ContextRoutes("/app", List.of(route)))));
        server.start();
    }

    private static void answer(RequestSession request, Exchange exchange) throws Exception {
        request.begin();
        boolean known = request.isRequestedIdValid();
        exchange.response().fields().add("Set-Cookie", "other=1");
        request.session(true);
        if ("change".equals(exchange.request().rawQuery())) {
            request.changeId();
        }
        byte[] body =
                ("known=" + known + " next=" + request.encode("/app/s/next?a"))
                        .getBytes(StandardCharsets.US_ASCII);
        exchange.response().write(body, 0, body.length);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private String get(String target, String cookie) throws Exception {
        String request =
                "GET "
                        + target
                        + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                        + (cookie.isEmpty() ? "" : "Cookie: a=b; " + cookie + "\r\n")
                        + "\r\n";
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return answer.replace("Set-Cookie", "set-cookie");
        }
    }

    private static String cookie(String answer) {
        Matcher matcher = COOKIE.matcher(answer);
        assertTrue(matcher.find(), answer);
        assertEquals("; HttpOnly; Path=/app", matcher.group(2));
        String cookie = matcher.group(1);
        assertFalse(matcher.find(), answer);
        return cookie;
    }

    @Test
    void aClientComesBackByItsCookie() throws Exception {
        String first = get("/app/s/", "");
        String cookie = cookie(first);
        assertTrue(first.contains("set-cookie: other=1\r\n"), first);
        String id = cookie.substring(cookie.indexOf('=') + 1);
        assertTrue(first.endsWith("known=false next=/app/s/next;jsessionid=" + id + "?a"), first);
        String second = get("/app/s/", cookie);
        assertTrue(second.endsWith("known=true next=/app/s/next?a"), second);
        assertFalse(COOKIE.matcher(second).find(), second);
        assertEquals(1, fixture.manager.size());
    }

    @Test
    void aClientComesBackByTheUrl() throws Exception {
        String cookie = cookie(get("/app/s/", ""));
        String id = cookie.substring(cookie.indexOf('=') + 1);
        String second = get("/app/s/next;jsessionid=" + id + "?a", "");
        assertTrue(second.endsWith("known=true next=/app/s/next;jsessionid=" + id + "?a"), second);
        assertEquals(1, fixture.manager.size());
    }

    @Test
    void aSessionMadeAndRenamedInOneRequestHasOneCookie() throws Exception {
        String answer = get("/app/s/?change", "JSESSIONID=stale");
        String cookie = cookie(answer);
        assertTrue(answer.contains("set-cookie: other=1\r\n"), answer);
        assertTrue(get("/app/s/", cookie).endsWith("known=true next=/app/s/next?a"));
        assertEquals(1, fixture.manager.size());
    }
}
