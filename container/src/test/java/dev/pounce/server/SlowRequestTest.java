package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.CapturedLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

@Timeout(60)
class SlowRequestTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    @TempDir Path folder;
    private ObservedServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                ObservedServer.logging(
                                folder.resolve("access.log"),
                                config ->
                                        config.with("slow_request.after", "500ms")
                                                .with("access_log.format", "json"))
                        .fused(FusedRoute.text("/fast", request -> took(LIMIT)))
                        .fused(FusedRoute.text("/slow/{x}", request -> took(LIMIT.plusMillis(1))))
                        .handler(
                                "/stream",
                                exchange -> {
                                    exchange.response().flush();
                                    took(LIMIT.multipliedBy(10));
                                });
    }

    private String took(Duration time) {
        server.pass(time);
        return "ok";
    }

    private void get(String path) throws IOException {
        server.exchange("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    }

    @Test
    void whatTakesLongerIsLoggedAndMarked() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            get("/fast");
            get("/slow/a?b");
            get("/stream");
            List<String> lines = server.logAtEnd().lines().toList();
            String id = server.server().settings().responses().requestIds().text(2, 1);
            assertEquals(
                    List.of(
                            "WARN dev.pounce.observe.SlowRequests - slow request: GET /slow/a took"
                                    + " 501 ms; status 200, route /slow/{x}, id "
                                    + id),
                    log.lines("slow request"));
            assertEquals(
                    List.of(false, true, false),
                    lines.stream().map(line -> line.contains("\"slow\":true")).toList());
            assertTrue(lines.get(1).contains("\"level\":\"warn\""), lines.get(1));
        }
        assertEquals(1, server.server().metrics().snapshot().slowRequests());
    }

    /** Pipelined requests are received together, so all behind the first wait for it. */
    @Test
    void fiveAreLoggedInASecondAndTheRestIsCounted() throws Exception {
        server.fused(FusedRoute.text("/second", request -> took(Duration.ofSeconds(1))));
        String second = "GET /second HTTP/1.1\nHost: localhost\n";
        String none = "GET /nowhere HTTP/1.1\nHost: localhost\n\n";
        try (CapturedLog log = new CapturedLog()) {
            server.exchange(second + "\n" + none.repeat(7) + second + "Connection: close\n\n");
            server.close();
            List<String> lines = log.lines("slow request");
            assertEquals(6, lines.size(), lines::toString);
            String last = lines.getLast();
            assertTrue(last.endsWith("; 3 more were slow and not logged"), last);
        }
    }
}
