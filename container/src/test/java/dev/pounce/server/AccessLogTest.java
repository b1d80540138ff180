package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.HttpStatusException;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What is in the access log, line by line. */
@Timeout(60)
class AccessLogTest {
    private static final Duration TOOK = Duration.ofNanos(1_234_567);

    @TempDir Path folder;
    private ObservedServer server;

    private ObservedServer start(String format, String... settings) throws IOException {
        server =
                ObservedServer.logging(
                        folder.resolve("access.log"),
                        config -> {
                            ServerConfig changed = config.with("access_log.format", format);
                            for (int i = 0; i < settings.length; i += 2) {
                                changed = changed.with(settings[i], settings[i + 1]);
                            }
                            return changed;
                        });
        return server.fused(
                        FusedRoute.text(
                                "/hello/{name}",
                                request -> {
                                    server.pass(TOOK);
                                    return "Hello, " + request.pathVariable("name");
                                }))
                .fused(FusedRoute.bytes("/echo", request -> request.body()).methods("POST"))
                .fused(FusedRoute.text("/long", request -> "all the same ".repeat(1000)))
                .fused(
                        FusedRoute.text(
                                "/gone",
                                request -> {
                                    throw new HttpStatusException(410, "gone");
                                }));
    }

    private static final String GREETING =
            """
            GET /hello/you?a=b HTTP/1.1
            Host: localhost
            Referer: http://example.com/from
            User-Agent: test/1.0 (of the log)
            Connection: close

            """;

    @Test
    void aLineOfTheCombinedFormat() throws Exception {
        start("combined").exchange(GREETING);
        assertEquals(
                """
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] "GET /hello/you?a=b HTTP/1.1" 200 10 \
                "http://example.com/from" "test/1.0 (of the log)" 1234 - - RUN-1-1
                """,
                server.logAtEnd());
    }

    @Test
    void aLineOfJson() throws Exception {
        start("json").exchange(GREETING);
        assertEquals(
                """
                {"ts":"2026-11-25T13:05:09.250Z","level":"info","method":"GET",\
                "path":"/hello/you","query":"a=b","protocol":"HTTP/1.1","status":200,"bytes":10,\
                "duration_ms":1.234,"client":"127.0.0.1","req_id":"RUN-1-1","worker":0,\
                "route":"/hello/{name}","referer":"http://example.com/from",\
                "user_agent":"test/1.0 (of the log)"}
                """,
                server.logAtEnd());
    }

    @Test
    void aServerOfSeveralHostsSaysForWhichOneARequestWas() throws Exception {
        start("json", "default_host.names", "own.example", "default_host.refuse_unknown", "true");
        server.server()
                .hosts(all -> all.withNames(Map.of("default", List.of("own.example")), true));
        server.exchange("GET /a HTTP/1.1\nHost: Own.Example:80\nConnection: close\n\n");
        server.exchange("GET http://[::1]:80/a HTTP/1.0\n\n");
        server.exchange("GET /a HTTP/1.0\n\n");
        assertEquals(
                """
                "/a","protocol":"HTTP/1.1","host":"Own.Example","status":404
                "/a","protocol":"HTTP/1.0","host":"[::1]","status":421
                "/a","protocol":"HTTP/1.0","status":421
                """,
                server.logAtEnd()
                        .replaceAll("(?m)^.*\"path\":(.*\"status\":\\d+).*$", "$1")
                        .replace("http://[::1]:80", ""));
    }

    @Test
    void whatIsNotThereIsADashOrLeftOut() throws Exception {
        start("combined")
                .exchange(
                        """
                        GET /nowhere HTTP/1.0

                        """);
        assertEquals(
                """
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] "GET /nowhere HTTP/1.0" 404 14 \
                "-" "-" 0 - - RUN-1-1
                """,
                server.logAtEnd());
    }

    @Test
    void requestsOfOneConnectionAreNumberedAlsoWhenTheyArePipelined() throws Exception {
        start("json");
        String get = "GET /gone HTTP/1.1\nHost: localhost\n";
        server.exchange(get + "\n" + get + "\n" + get + "Connection: close\n\n");
        server.exchange(get + "Connection: close\n\n");
        String ids = server.logAtEnd().replaceAll("(?m)^.*\"req_id\":\"(.*?)\".*$", "$1");
        assertEquals("RUN-1-1\nRUN-1-2\nRUN-1-3\nRUN-2-1\n", ids);
    }

    @Test
    void theContentCodingAndWhatItWasWorth() throws Exception {
        start("combined");
        String answer =
                server.exchange(
                        """
                        GET /long HTTP/1.1
                        Host: localhost
                        Accept-Encoding: gzip
                        Connection: close

                        """);
        long sent = Long.parseLong(answer.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
        String ratio = String.format(java.util.Locale.ROOT, "%.2f", 13_000.0 / sent);
        assertEquals(
                "127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] \"GET /long HTTP/1.1\" 200 "
                        + sent
                        + " \"-\" \"-\" 0 gzip "
                        + ratio
                        + " RUN-1-1\n",
                server.logAtEnd());
    }

    @Test
    void aResponseThatStreamsIsLoggedAtItsEndWithAllItsBytes() throws Exception {
        start("json")
                .handler(
                        "/stream",
                        exchange -> {
                            exchange.response().fields().add("Content-Type", "text/event-stream");
                            byte[] event = "data: x\n\n".getBytes(StandardCharsets.US_ASCII);
                            for (int i = 0; i < 3; i++) {
                                exchange.response().write(event, 0, event.length);
                                exchange.response().flush();
                                server.pass(Duration.ofSeconds(1));
                            }
                        });
        int sent = 0;
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /stream HTTP/1.1
                    Host: localhost
                    Accept-Encoding: zstd

                    """);
            client.readHead();
            for (int length = -1; length != 0; sent += length) {
                length = client.readChunk().length;
            }
        }
        String ratio = String.format(java.util.Locale.ROOT, "%.2f", 27.0 / sent);
        assertEquals(
                "{\"ts\":\"2026-11-25T13:05:09.250Z\",\"level\":\"info\",\"method\":\"GET\","
                        + "\"path\":\"/stream\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":"
                        + sent
                        + ",\"duration_ms\":3000.000,\"client\":\"127.0.0.1\","
                        + "\"req_id\":\"RUN-1-1\",\"worker\":0,\"coding\":\"zstd\",\"ratio\":"
                        + ratio
                        + "}\n",
                server.logAtEnd());
    }

    @Test
    void headHasNoBytes() throws Exception {
        start("combined")
                .exchange(
                        """
                        HEAD /long HTTP/1.1
                        Host: localhost
                        Accept-Encoding: gzip
                        Connection: close

                        """);
        assertEquals(
                """
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] "HEAD /long HTTP/1.1" 200 0 \
                "-" "-" 0 - - RUN-1-1
                """,
                server.logAtEnd());
    }

    // --- what a client may try -----------------------------------------------------------------

    /** Bytes that are no visible ASCII can be in fields, and in targets that are refused. */
    private static final String NASTY =
            """
            GET /hello/%0d%0a"?x=\\\u00e9\u007f HTTP/1.1
            Host: localhost

            """;

    private static final String NASTY_FIELDS =
            """
            GET /hello/%22 HTTP/1.1
            Host: localhost
            Referer: "x\\" \u00c3\u00a9 \u00e9 \u00f0\u009f\u0090\u0086
            User-Agent: a\tb" 200 0 "-\u00c0\u00af
            Connection: close

            """;

    @Test
    void nothingThatAClientSendsBreaksALineOfTheCombinedFormat() throws Exception {
        start("combined");
        server.exchange(NASTY);
        server.exchange(NASTY_FIELDS);
        assertEquals(
                """
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] \
                "GET /hello/%0d%0a\\"?x=\\\\\\xe9\\x7f HTTP/1.1" 400 16 "-" "-" 0 - - RUN-1-1
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] "GET /hello/%22 HTTP/1.1" 200 8 \
                "\\"x\\\\\\" \\xc3\\xa9 \\xe9 \\xf0\\x9f\\x90\\x86" \
                "a\\x09b\\" 200 0 \\"-\\xc0\\xaf" 1234 - - RUN-2-1
                """,
                server.logAtEnd());
    }

    @Test
    void nothingThatAClientSendsBreaksALineOfJson() throws Exception {
        start("json");
        server.exchange(NASTY);
        server.exchange(NASTY_FIELDS);
        assertEquals(
                """
                {"ts":"2026-11-25T13:05:09.250Z","level":"warn","method":"GET",\
                "path":"/hello/%0d%0a\\"","query":"x=\\\\\\u00e9\\u007f","protocol":"HTTP/1.1",\
                "status":400,"bytes":16,"duration_ms":0.000,"client":"127.0.0.1",\
                "req_id":"RUN-1-1","worker":0}
                {"ts":"2026-11-25T13:05:09.250Z","level":"info","method":"GET",\
                "path":"/hello/%22","protocol":"HTTP/1.1","status":200,"bytes":8,\
                "duration_ms":1.234,"client":"127.0.0.1","req_id":"RUN-2-1","worker":0,\
                "route":"/hello/{name}",\
                "referer":"\\"x\\\\\\" \\u00e9 \\u00e9 \\ud83d\\udc06",\
                "user_agent":"a\\u0009b\\" 200 0 \\"-\\u00c0\\u00af"}
                """,
                server.logAtEnd());
    }

    @Test
    void whatIsVeryLongIsCut() throws Exception {
        start("combined")
                .exchange(
                        """
                        GET /%s HTTP/1.1
                        Host: localhost
                        User-Agent: %s
                        Connection: close

                        """
                                .formatted("p".repeat(10_000), "u".repeat(2_000)));
        assertEquals(
                """
                127.0.0.1 - - [25/Nov/2026:15:05:09 +0200] "GET /%s..." 404 14 "-" "%s..." 0 - - \
                RUN-1-1
                """
                        .formatted("p".repeat(8192 - 5), "u".repeat(1024)),
                server.logAtEnd());
    }

    // --- exchanges that do not end well --------------------------------------------------------

    private String statuses() throws Exception {
        return server.logAtEnd()
                .replaceAll("(?m)^.*?(\"(?:[^\"\\\\]|\\\\.)*\" \\S+ \\d+) .*$", "$1");
    }

    @Test
    void whatIsRefusedIsLoggedWithWhatIsKnownOfIt() throws Exception {
        start("combined", "limits.request_line", "100", "limits.head", "300");
        String long60 = "x".repeat(60);
        server.exchange("GET /no-host HTTP/1.1\n\n");
        server.exchange("GET /two  spaces HTTP/1.1\n\n");
        server.exchange("GET /version HTTP/2.0\n\n");
        server.exchange("GET /" + long60 + long60 + " HTTP/1.1\n\n");
        server.exchange(
                "GET /head HTTP/1.1\nHost: localhost\n" + ("A: " + long60 + "\n").repeat(5));
        server.exchange("\u0016\u0003\u0001 no HTTP");
        server.exchange("\nGET /bare HTTP/1.1\nHost: a\rb\n\n");
        server.exchange("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 9999999\n\n");
        assertEquals(
                """
                "GET /no-host HTTP/1.1" 400 16
                "GET /two  spaces HTTP/1.1" 400 16
                "GET /version HTTP/2.0" 505 31
                "GET /%s" 414 17
                "GET /head HTTP/1.1" 431 36
                "\\x16\\x03\\x01 no HTTP" 400 16
                "GET /bare HTTP/1.1" 400 16
                "POST /echo HTTP/1.1" 413 22
                """
                        .formatted("x".repeat(95)),
                statuses());
    }

    @Test
    void whatDoesNotComeInTimeIsLoggedWithWhatHasCome() throws Exception {
        start("combined", "timeouts.head", "10s", "timeouts.body", "10s");
        try (RawClient head = server.connect();
                RawClient content = server.connect();
                RawClient first = server.connect()) {
            first.send("GET /");
            head.send("GET /hello/slowly HTTP/1.1\nHost:");
            content.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nab");
            settle();
            server.pass(Duration.ofSeconds(11));
            for (RawClient each : new RawClient[] {first, head, content}) {
                assertTrue(each.readToEnd().startsWith("HTTP/1.1 408 "));
            }
        }
        assertEquals(
                """
                "GET /" 408 20
                "GET /hello/slowly HTTP/1.1" 408 20
                "GET /nowhere HTTP/1.1" 404 14
                "POST /echo HTTP/1.1" 408 20
                """,
                String.join(
                        "",
                        java.util.stream.Stream.of(statuses().split("(?<=\n)")).sorted().toList()));
    }

    /** When a request was answered, what came before it on other connections has been read. */
    private void settle() throws Exception {
        server.exchange("GET /nowhere HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    }

    @Test
    void aClientThatGoesBeforeItsContentIsCompleteIs499() throws Exception {
        start("combined");
        try (RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nab");
            settle();
        }
        assertEquals(
                "\"GET /nowhere HTTP/1.1\" 404 14\n\"POST /echo HTTP/1.1\" 499 0\n", statuses());
    }

    private void reset(RawClient client) throws IOException {
        client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    @Test
    void aClientThatGoesWhileItIsAnsweredInPlaceIs499() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        start("combined")
                .fused(
                        FusedRoute.bytes(
                                "/large",
                                request -> {
                                    called.countDown();
                                    gone.await();
                                    return new byte[1 << 20];
                                }));
        RawClient client = server.connect();
        client.send("GET /large HTTP/1.1\nHost: localhost\n\n");
        called.await();
        reset(client);
        gone.countDown();
        assertTrue(statuses().matches("\"GET /large HTTP/1.1\" 499 \\d+\n"));
    }

    @Test
    void aClientThatGoesWhileAResponseStreamsIs499() throws Exception {
        start("combined")
                .handler(
                        "/stream",
                        exchange -> {
                            byte[] part = new byte[1000];
                            while (true) {
                                exchange.response().write(part, 0, part.length);
                                exchange.response().flush();
                            }
                        });
        RawClient client = server.connect();
        client.send("GET /stream HTTP/1.1\nHost: localhost\n\n");
        client.readHead();
        reset(client);
        assertTrue(statuses().matches("\"GET /stream HTTP/1.1\" 499 \\d+\n"));
    }

    @Test
    void aResponseThatBreaksOffIsMarked() throws Exception {
        start("json")
                .handler(
                        "/breaks",
                        exchange -> {
                            exchange.response().write(new byte[5], 0, 5);
                            exchange.response().flush();
                            throw new IllegalStateException("on purpose");
                        });
        try (RawClient client = server.connect()) {
            client.send("GET /breaks HTTP/1.1\nHost: localhost\n\n");
            client.readHead();
        }
        assertEquals(
                """
                {"ts":"2026-11-25T13:05:09.250Z","level":"warn","method":"GET",\
                "path":"/breaks","protocol":"HTTP/1.1","status":200,"bytes":5,\
                "duration_ms":0.000,"client":"127.0.0.1","req_id":"RUN-1-1","worker":0,\
                "aborted":true}
                """,
                server.logAtEnd());
    }
}
