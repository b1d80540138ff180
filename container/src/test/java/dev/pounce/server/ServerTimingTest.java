package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.FusedRequest;
import dev.pounce.api.HttpStatusException;
import dev.pounce.api.ServerTiming;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the Server-Timing of a response says, by a clock that only the test moves. */
class ServerTimingTest {
    private static final String SECRET = "correct-horse-battery";

    private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private final TestServer server =
            new TestServer(
                            config ->
                                    config.with("timeouts.shutdown", "0")
                                            .with("server_timing_debug", SECRET)
                                            .with("server_timing", "on"),
                            clock::get)
                    .fused(FusedRoute.text("/fused", this::fused))
                    .fused(FusedRoute.text("/plain", request -> "plain"))
                    .fused(FusedRoute.text("/failed", this::failed))
                    .fused(FusedRoute.text("/many", this::many))
                    .handler("/streamed", this::streamed);

    ServerTimingTest() throws IOException {}

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private String fused(FusedRequest request) {
        pass(5);
        ServerTiming timing = request.serverTiming();
        timing.add("db", Duration.ofNanos(2_034_567), "a \"quoted\" \\ thing\r\nand \u00fc");
        timing.add("cache", "hit");
        timing.add("back", Duration.ofMillis(-3));
        return timing.isSent() ? "sent" : "kept";
    }

    private String failed(FusedRequest request) {
        request.serverTiming().add("failed", "yes");
        throw new HttpStatusException(418, "no");
    }

    private String many(FusedRequest request) {
        for (int i = 0; i < 100; i++) {
            request.serverTiming().add("m" + i, "");
        }
        return "many";
    }

    private void streamed(Exchange exchange) throws IOException {
        Response response = exchange.response();
        ServerTiming timing = exchange.timing();
        timing.add("before", Duration.ofMillis(1));
        pass(4);
        response.fields().set("Content-Type", "text/plain");
        response.write("one".getBytes(), 0, 3);
        response.flush();
        pass(3);
        timing.add("behind", Duration.ofMillis(2), "second part");
        response.write("two".getBytes(), 0, 3);
    }

    private String get(String path, String version, String... lines) throws IOException {
        try (RawClient client = server.connect()) {
            return client.send(
                            "GET "
                                    + path
                                    + " HTTP/"
                                    + version
                                    + "\nHost: h\nConnection: close\n"
                                    + String.join("\n", lines)
                                    + (lines.length == 0 ? "\n" : "\n\n"))
                    .readToEnd();
        }
    }

    private static List<String> timings(String answer) {
        return answer.lines().filter(line -> line.startsWith("Server-Timing: ")).toList();
    }

    @Test
    void aResponseThatIsWholeCarriesAllInItsHead() throws Exception {
        String answer = get("/fused", "1.1");
        assertEquals(
                List.of(
                        "Server-Timing: parse;dur=0.000, app;dur=5.000, encode;dur=0.000,"
                                + " db;dur=2.034;desc=\"a \\\"quoted\\\" \\\\ thing??and ?\","
                                + " cache;desc=\"hit\", back;dur=0.000"),
                timings(answer));
        assertTrue(answer.endsWith("\nsent"), answer);
    }

    @Test
    void aStreamedResponseCarriesTheRestAsATrailer() throws Exception {
        String answer = get("/streamed", "1.1", "TE: trailers");
        assertEquals(
                List.of(
                        "Server-Timing: parse;dur=0.000, before;dur=1.000",
                        "Server-Timing: app;dur=7.000, encode;dur=0.000,"
                                + " behind;dur=2.000;desc=\"second part\""),
                timings(answer));
        assertTrue(answer.contains("\nTrailer: Server-Timing\n"), answer);
        assertTrue(answer.indexOf("\n0\nServer-Timing: app;") > 0, answer);
    }

    @ParameterizedTest
    @CsvSource({"1.1, X: x", "1.0, TE: trailers"})
    void whereNoTrailerIsReadTheRestIsLost(String version, String line) throws Exception {
        String answer = get("/streamed", version, line);
        assertEquals(List.of("Server-Timing: parse;dur=0.000, before;dur=1.000"), timings(answer));
        assertFalse(answer.contains("Trailer:"), answer);
    }

    @Test
    void metricsAreBoundedInNumberAndSize() throws Exception {
        String timing = timings(get("/many", "1.1")).getFirst();
        assertTrue(timing.endsWith(", m31;desc=\"\""), timing);
        server.fused(
                FusedRoute.text(
                        "/long",
                        request -> {
                            request.serverTiming().add("long", "x".repeat(100_000));
                            request.serverTiming().add("half", "y".repeat(1500));
                            request.serverTiming().add("rest", "z".repeat(1500));
                            request.serverTiming().add("short", "s");
                            return "";
                        }));
        String bounded = timings(get("/long", "1.1")).getFirst();
        assertTrue(bounded.contains("half;desc=\"yyy"), bounded);
        assertTrue(bounded.endsWith("yyy\", short;desc=\"s\""), bounded);
        assertTrue(bounded.length() < 2048 + 100, bounded);
    }

    @Test
    void nothingOfAResponseIsLeftToTheNextOnTheConnection() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /failed HTTP/1.1\nHost: h\n\nGET /plain HTTP/1.1\nHost: h\n\n");
            String failed = client.readHead();
            assertTrue(failed.contains("failed;desc=\"yes\""), failed);
            client.read(2);
            assertEquals(
                    List.of("Server-Timing: parse;dur=0.000, app;dur=0.000, encode;dur=0.000"),
                    timings(client.readHead()));
        }
    }

    @Test
    void whenItIsOffNothingIsSent() throws Exception {
        server.server().reload(server.server().config().with("server_timing", "off"));
        String answer = get("/fused", "1.1", "Pounce-Debug: " + SECRET);
        assertEquals(List.of(), timings(answer));
        assertTrue(answer.endsWith("\nkept"), answer);
        String streamed = get("/streamed", "1.1", "TE: trailers");
        assertEquals(List.of(), timings(streamed));
        assertFalse(streamed.contains("Trailer:"), streamed);
    }

    @Test
    void inDebugItIsSentToThoseWhoKnowTheSecret() throws Exception {
        server.server().reload(server.server().config().with("server_timing", "debug"));
        assertEquals(1, timings(get("/fused", "1.1", "pounce-debug: " + SECRET)).size());
        assertEquals(
                2,
                timings(get("/streamed", "1.1", "Pounce-Debug: " + SECRET, "TE: trailers")).size());
        assertEquals(List.of(), timings(get("/fused", "1.1")));
        assertEquals(List.of(), timings(get("/fused", "1.1", "Pounce-Debug: none")));
        assertEquals(List.of(), timings(get("/fused", "1.1", "Pounce-Debug: " + SECRET + "x")));
        assertEquals(List.of(), timings(get("/streamed", "1.1", "TE: trailers")));
    }

    @Test
    void whatCannotBeReadIsAnsweredWithoutTheSecretToo() throws Exception {
        server.server().reload(server.server().config().with("server_timing", "debug"));
        try (RawClient client = server.connect()) {
            String answer = client.send("no request\n\n").readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertEquals(List.of(), timings(answer));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a,b", "a\"", "\u00e4", "a\n", "a=b"})
    void aNameThatIsNoTokenIsRefusedWhetherItIsSentOrNot(String name) throws Exception {
        for (String mode : List.of("on", "off")) {
            server.server().reload(server.server().config().with("server_timing", mode));
            server.fused(
                    FusedRoute.text(
                            "/bad-" + mode,
                            request ->
                                    assertThrows(
                                                    IllegalArgumentException.class,
                                                    () -> request.serverTiming().add(name, "x"))
                                            .getMessage()));
            String answer = get("/bad-" + mode, "1.1");
            assertTrue(answer.contains("\nthe name of a Server-Timing metric must "), answer);
        }
    }
}
