package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.RouteTable;
import dev.pounce.route.VirtualHosts;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Requests go to the host that they are for (RFC 9110 section 7.2, RFC 9112 section 3.2). */
class VirtualHostTest {
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "default",
                    List.of("own.example"),
                    "shop",
                    List.of("shop.example.com", "127.0.0.1", "xn--bcher-kva.example"),
                    "wild",
                    List.of("*.example.com", "*.xn--bcher-kva.example"),
                    "six",
                    List.of("[2001:db8:0:0:0:0:0:1]"));

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(config -> config.with("health.live_path", "/live"));
        for (String id : NAMES.keySet()) {
            server.server().hosts(all -> all.withRoutes(id, table(id)));
        }
        names(false);
    }

    private void names(boolean refusing) {
        server.server().hosts(all -> all.withNames(NAMES, refusing));
    }

    private static RouteTable table(String id) {
        return new RouteTable(
                List.of(
                        new ContextRoutes(
                                "",
                                FusedRoute.compile(
                                        "", List.of(FusedRoute.text("/who", any -> id))))));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String answer(String request) throws Exception {
        try (RawClient client = server.connect()) {
            String all = client.send(request).shutdownOutput().readToEnd();
            return all.substring(9, 12) + " " + all.substring(all.indexOf("\n\n") + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com,shop",
        "SHOP.Example.Com,shop",
        "shop.example.com.,shop",
        "shop.example.com:8080,shop",
        "shop.example.com.:8080,shop",
        "shop.example.com:,shop",
        "127.0.0.1,shop",
        "127.0.0.1:80,shop",
        "xn--bcher-kva.example,shop",
        "XN--BCHER-KVA.example,shop",
        "blog.example.com,wild",
        "Blog.EXAMPLE.com.:1,wild",
        "www.xn--bcher-kva.example,wild",
        "a.b.example.com,default",
        "example.com,default",
        ".example.com,default",
        "[2001:db8::1],six",
        "[2001:DB8:0::1]:8080,six",
        "[2001:0db8:0000:0000:0000:0000:0.0.0.1],six",
        "[2001:db8::2],default",
        "own.example,default",
        "nobody.example,default",
        "shop.example.co,default",
        "hop.example.com.x,default",
        "'',default",
        ".,default"
    })
    void theHostFieldChoosesTheHost(String field, String id) throws Exception {
        assertEquals("200 " + id, answer("GET /who HTTP/1.1\nHost: " + field + "\n\n"));
    }

    @Test
    void onOneConnectionEachRequestGoesToItsOwnHost() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /who HTTP/1.1
                    Host: shop.example.com

                    GET /who HTTP/1.1
                    Host: blog.example.com

                    GET http://shop.example.com/who HTTP/1.1
                    Host: Shop.example.com

                    """);
            for (String id : List.of("shop", "wild", "shop")) {
                assertEquals(
                        """
                        HTTP/1.1 200 OK
                        Content-Type: text/plain; charset=utf-8
                        Vary: Accept-Encoding
                        Content-Length: 4

                        """,
                        client.readHead());
                assertEquals(id, client.read(4));
            }
            client.send("GET /who HTTP/1.1\nHost: other.example\n\n");
            client.readHead();
            assertEquals("default", client.read(7));
        }
    }

    @Test
    void anAbsoluteTargetOfAClientWithoutHostFieldsChoosesTheHost() throws Exception {
        assertEquals("200 shop", answer("GET http://SHOP.example.com:80/who HTTP/1.0\n\n"));
        assertEquals("200 six", answer("GET http://[2001:db8::1]/who HTTP/1.0\n\n"));
        assertEquals("200 default", answer("GET /who HTTP/1.0\n\n"));
    }

    @Test
    void whatIsNoHostIsRefusedWhateverHostsThereAre() throws Exception {
        assertTrue(answer("GET /who HTTP/1.1\nHost: shop.example.com/\n\n").startsWith("400 "));
        assertTrue(answer("GET /who HTTP/1.1\n\n").startsWith("400 "));
        assertTrue(
                answer("GET http://shop.example.com/who HTTP/1.1\nHost: blog.example.com\n\n")
                        .startsWith("400 "));
    }

    @Test
    void aNameOfNobodyIsRefusedWhereThatIsAskedFor() throws Exception {
        names(true);
        assertEquals("200 default", answer("GET /who HTTP/1.1\nHost: own.example\n\n"));
        assertEquals("200 wild", answer("GET /who HTTP/1.1\nHost: blog.example.com\n\n"));
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /who HTTP/1.1\nHost: nobody.example\n\n");
                String head = client.readHead();
                assertTrue(head.startsWith("HTTP/1.1 421 Misdirected Request\n"), head);
                assertTrue(head.contains("Pounce-Error: POUNCE_ROUTE_MISDIRECTED\n"), head);
                int length = head.indexOf("Content-Length: ") + "Content-Length: ".length();
                client.readBytes(
                        Integer.parseInt(head.substring(length, head.indexOf('\n', length))));
            }
            client.send("GET /who HTTP/1.1\nHost: shop.example.com\n\n");
            client.readHead();
            assertEquals("shop", client.read(4));
        }
        assertTrue(answer("GET /who HTTP/1.0\n\n").startsWith("421 "));
        assertTrue(answer("GET /who HTTP/1.1\nHost:\n\n").startsWith("421 "));
        assertEquals("200 live\n", answer("GET /live HTTP/1.1\nHost: nobody.example\n\n"));
        assertEquals("204 ", answer("OPTIONS * HTTP/1.1\nHost: nobody.example\n\n"));
    }

    @Test
    void aHostWithoutNamesIsNotReachedAndOneThatIsGoneNeither() throws Exception {
        server.server().hosts(all -> all.withRoutes("new", table("new")));
        assertEquals("200 default", answer("GET /who HTTP/1.1\nHost: new\n\n"));
        server.server().hosts(all -> all.withNames(Map.of("new", List.of("new")), false));
        assertEquals("200 new", answer("GET /who HTTP/1.1\nHost: new\n\n"));
        assertEquals("200 default", answer("GET /who HTTP/1.1\nHost: shop.example.com\n\n"));
        server.server().hosts(all -> VirtualHosts.only(all.routes("default")));
        assertEquals("200 default", answer("GET /who HTTP/1.1\nHost: new\n\n"));
    }

    @Test
    void aRequestToAVirtualHostAllocatesAsMuchAsOneToTheOnlyHost() throws Exception {
        long one = bytesPerRequest("own.example");
        long named = bytesPerRequest("Shop.Example.Com.:8080");
        long wild = bytesPerRequest("other.example.com");
        server.server().hosts(all -> VirtualHosts.only(all.routes("default")));
        long only = bytesPerRequest("own.example");
        System.out.println("fused request to a virtual host: " + List.of(one, named, wild, only));
        assertTrue(Math.max(one, Math.max(named, wild)) <= only + 8, () -> one + " " + only);
    }

    private long bytesPerRequest(String host) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worker = server.server().workerThreadIds().get(0);
        byte[] request =
                ("GET /who HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = server.connect()) {
            client.sendBytes(request);
            String head = client.readHead();
            int length = head.indexOf("Content-Length: ") + "Content-Length: ".length();
            int content = Integer.parseInt(head.substring(length, head.indexOf('\n', length)));
            client.readBytes(content);
            int answer =
                    head.replace("\n", "\r\n").length()
                            + content
                            + "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
            long least = Long.MAX_VALUE;
            int count = 2_000;
            for (int round = 0; round < 4; round++) {
                long before = threads.getThreadAllocatedBytes(worker);
                for (int i = 0; i < count; i++) {
                    client.sendBytes(request);
                    client.readBytes(answer);
                }
                least = Math.min(least, (threads.getThreadAllocatedBytes(worker) - before) / count);
            }
            return least;
        }
    }
}
