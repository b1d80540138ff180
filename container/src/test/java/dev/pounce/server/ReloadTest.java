package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.AccessLogConfig;
import dev.pounce.config.CompressionConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.SessionsConfig;
import dev.pounce.config.VirtualHostConfig;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderPools;
import dev.pounce.exchange.CodingPolicy;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.io.BufferPool;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;

/** What a reload changes, and for whom. */
@Timeout(60)
class ReloadTest {
    private static final String TEXT = "a text that is worth encoding\n".repeat(100);

    /** What is asked for where it is needed and has no place in the snapshot but the config. */
    private static final Set<String> READ_WHERE_NEEDED =
            Set.of(
                    "auto_deploy",
                    "redeploy",
                    "deployment.quiet",
                    "deployment.scan",
                    "deployment.restart_wait",
                    "deployment.undeploy_old_versions",
                    "servlet.cross_context",
                    "servlet.relative_redirects",
                    "users",
                    "security.accounts",
                    "security.password_algorithm",
                    "security.max_failures",
                    "security.lock_out",
                    "security.https_port",
                    "security.max_saved_body",
                    "timeouts.drain_delay",
                    "timeouts.shutdown",
                    "timeouts.undeploy");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(config -> config.withWorkers(2));
        server.fused(FusedRoute.text("/text", request -> TEXT));
        server.fused(
                FusedRoute.text("/length", request -> "" + request.body().length).methods("POST"));
        server.fused(
                FusedRoute.text("/blocking", request -> "" + request.body().length)
                        .methods("POST")
                        .asBlocking());
        server.handler(
                "/held",
                exchange -> {
                    begun.countDown();
                    goOn.await();
                    exchange.response().fields().set("Content-Type", "text/plain");
                    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 3; i++) {
                        exchange.response().write(text, 0, text.length);
                        exchange.response().flush();
                    }
                });
    }

    @AfterEach
    void stop() throws InterruptedException {
        goOn.countDown();
        server.close();
    }

    private void reload(String path, String value) {
        server.server().reload(server.server().config().with(path, value));
    }

    private String answer(String request, String content) throws IOException {
        try (RawClient client = server.connect()) {
            return client.send(request).sendExactly(content).readToEnd();
        }
    }

    private String get(String furtherLines) throws IOException {
        return answer("GET /text HTTP/1.1\nHost: h\nConnection: close\n" + furtherLines + "\n", "");
    }

    private String post(String path, int length) throws IOException {
        return answer(
                "POST "
                        + path
                        + " HTTP/1.1\nHost: h\nConnection: close\nContent-Length: "
                        + length
                        + "\n\n",
                "x".repeat(length));
    }

    private static List<String> keys() {
        return ServerConfig.schema().keys().stream().map(Key::path).toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everySettingIsSwappedOrMarkedWithRestart(String path) throws Exception {
        Schema<ServerConfig> schema = ServerConfig.schema();
        Key key = schema.key(path);
        ServerConfig before = ServerConfig.defaults();
        String value =
                switch (path) {
                    case "static_files.cache_control" -> "*.css no-cache";
                    case "server_timing_debug" -> "a-secret-of-many-letters";
                    case "servlet.cross_context" -> "/other";
                    case "security.accounts" -> "ada {MD5}5f4dcc3b5aa765d61d8327deb882cf99";
                    case "security.password_algorithm" -> "SHA-256";
                    case "sessions.cookie_name" -> "OTHER";
                    case "sessions.tracking" -> "url";
                    case "compression.rules" -> "/other min_size=1";
                    case "default_host.names" -> "other.example";
                    default -> another(schema.value(before, key));
                };
        ServerConfig after =
                path.equals("hosts")
                        ? schema.with(before, Map.of(path, Map.of("other", otherHost())))
                        : before.with(path, value);
        try (EncoderPools encoders = new EncoderPools()) {
            ServerSettings.Shared shared =
                    new ServerSettings.Shared(
                            encoders,
                            new BufferPool(ResponseSettings.BUFFER_SIZE, 1),
                            () -> true,
                            () -> false,
                            server.server().settings().responses().requestIds(),
                            server.server().observer(),
                            server.server().clock());
            ServerSettings old = ServerSettings.of(before, shared);
            ServerSettings now = ServerSettings.of(after, shared);
            if (key.needsRestart() || READ_WHERE_NEEDED.contains(path)) {
                assertEquals(effects(old), effects(now));
            } else {
                assertNotEquals(effects(old), effects(now));
            }
        }
    }

    private static VirtualHostConfig otherHost() {
        return VirtualHostConfig.schema()
                .with(
                        VirtualHostConfig.defaults("other"),
                        Map.of("names", List.of("other.example")));
    }

    private static String another(Object value) {
        return switch (value) {
            case Boolean is -> Boolean.toString(!is);
            case Integer number -> Integer.toString(number + 1);
            case Long number -> Long.toString(number + 1);
            case Duration time -> time.plusSeconds(1).toMillis() + "ms";
            case ServerConfig.ServerTiming ignored -> "on";
            case ServerConfig.Accept ignored -> "shared";
            case ServerConfig.Redeploy ignored -> "restart";
            case CompressionConfig.StrongEtag ignored -> "identity";
            case CompressionConfig.CrossSite ignored -> "identity";
            case SessionsConfig.SameSite ignored -> "lax";
            case AccessLogConfig.Format ignored -> "json";
            case List<?> ignored -> "application/json";
            default -> "/other";
        };
    }

    /** Everything in a snapshot that has an effect. */
    private static List<Object> effects(ServerSettings settings) throws ProtocolException {
        ResponseSettings responses = settings.responses();
        CodingPolicy coding = responses.general().codings().general();
        RequestParser parser = settings.parser();
        return List.of(
                settings.limits(),
                responses.general().limits(),
                settings.health().match(head("/other")) != null,
                parser.maxHead(),
                parser.maxRequestLine(),
                acceptsFields(parser, 101),
                coding.offer().contains(ContentCoding.ZSTD),
                coding.offer().contains(ContentCoding.GZIP),
                coding.minSize(),
                coding.types().matches("text/html"),
                coding.keepsStrongEtags(),
                coding.crossSite(),
                responses.general().codings().of("/other").minSize(),
                responses.encoders(),
                responses.general().streaming().immediate().matches("text/event-stream"),
                responses.general().streaming().maxDelayMillis(),
                responses.general().serverTiming());
    }

    private static RequestHead head(String path) throws ProtocolException {
        byte[] bytes =
                ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        RequestHead head = new RequestHead();
        new RequestParser(1000, 1000, 10).parse(bytes, 0, bytes.length, head);
        return head;
    }

    private static boolean acceptsFields(RequestParser parser, int count) {
        String head = "GET / HTTP/1.1\r\nHost: h\r\n" + "a: b\r\n".repeat(count - 1) + "\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        try {
            return parser.parse(bytes, 0, bytes.length, new RequestHead()) == bytes.length;
        } catch (ProtocolException e) {
            return false;
        }
    }

    @Test
    void newRequestsSeeNewValues() throws Exception {
        assertTrue(get("Accept-Encoding: gzip\n").contains("Content-Encoding: gzip"));
        reload("compression.enabled", "off");
        assertFalse(get("Accept-Encoding: gzip\n").contains("Content-Encoding"));
        reload("server_timing", "on");
        assertTrue(get("").contains("Server-Timing: "));
        reload("limits.request_line", "64");
        reload("limits.head", "256");
        assertTrue(get("X: " + "x".repeat(300) + "\n").startsWith("HTTP/1.1 431 "));
        reload("limits.head", "4MiB");
        assertTrue(get("X: " + "x".repeat(3 << 20) + "\n").startsWith("HTTP/1.1 200 "));
        reload("limits.fields", "3");
        assertTrue(get("A: a\nB: b\n").startsWith("HTTP/1.1 431 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/length", "/blocking"})
    void theBoundOnCollectedContentIsSwappedOnBothPaths(String path) throws Exception {
        assertTrue(post(path, 2000).startsWith("HTTP/1.1 200 "));
        reload("fused.max_body", "1000");
        assertTrue(post(path, 2000).startsWith("HTTP/1.1 413 "));
        reload("fused.max_body", "3000000");
        assertTrue(post(path, 2_000_000).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void theBoundOnWhatIsHeldIsSwapped() throws Exception {
        reload("fused.max_body", "8MiB");
        // the refused client sends all, and is to see the answer
        reload("limits.max_swallow", "8MiB");
        reload("limits.held", "2MiB");
        assertTrue(post("/length", 4 << 20).startsWith("HTTP/1.1 503 "));
        reload("limits.held", "64MiB");
        assertTrue(post("/length", 4 << 20).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void theBoundOnConnectionsIsSwapped() throws Exception {
        try (TestServer one = new TestServer();
                RawClient first = one.connect().send("GET / HT")) {
            String request = "GET / HTTP/1.1\nHost: h\nConnection: close\n\n";
            one.server().reload(one.server().config().with("limits.connections", "1"));
            try (RawClient second = one.connect()) {
                assertTrue(second.readHead().startsWith("HTTP/1.1 503 "));
            }
            one.server().reload(one.server().config().with("limits.connections", "10"));
            try (RawClient second = one.connect().send(request)) {
                assertTrue(second.readHead().startsWith("HTTP/1.1 404 "));
            }
            assertTrue(first.send("TP/1.1\nHost: h\n\n").readHead().startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void aKeptConnectionSeesNewValues() throws Exception {
        try (RawClient client = server.connect()) {
            String request = "GET /text HTTP/1.1\nHost: h\n\n";
            client.send(request);
            assertFalse(client.readHead().contains("Connection: close"));
            client.read(TEXT.length());
            reload("keep_alive.max_requests", "2");
            client.send(request);
            assertTrue(client.readHead().contains("Connection: close"));
        }
    }

    @Test
    void aHeadThatHasBegunIsJudgedByTheLimitsOfItsEnd() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /text HTTP/1.1\nHost: h\nX: " + "x".repeat(60_000) + "\n");
            awaitReceived();
            reload("limits.request_line", "64");
            reload("limits.head", "256");
            client.send("\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 431 "));
        }
    }

    @Test
    void aHeadThatHasBegunIsJudgedByAThreadThatTookTheLoopOverSince() throws Exception {
        try (TestServer one = new TestServer(config -> config.with("limits.head", "1MiB"))) {
            one.fused(
                    FusedRoute.text(
                            "/wait",
                            request -> {
                                begun.countDown();
                                goOn.await();
                                return "waited";
                            }));
            try (RawClient client = one.connect();
                    RawClient waiting = one.connect()) {
                client.send("GET /text HTTP/1.1\nHost: h\nX: " + "x".repeat(300_000) + "\n");
                for (int i = 0; i < 10; i++) {
                    // each takes at least one look at all that can be read
                    try (RawClient other = one.connect().send("GET / HTTP/1.1\nHost: h\n\n")) {
                        other.readHead();
                    }
                }
                one.server().reload(one.server().config().with("limits.request_line", "64"));
                one.server().reload(one.server().config().with("limits.head", "256"));
                waiting.send("GET /wait HTTP/1.1\nHost: h\n\n");
                begun.await();
                client.send("\n");
                assertTrue(client.readHead().startsWith("HTTP/1.1 431 "));
                goOn.countDown();
                assertTrue(waiting.readHead().startsWith("HTTP/1.1 200 "));
            }
        } finally {
            goOn.countDown();
        }
    }

    private void awaitReceived() throws InterruptedException {
        assertTrue(server.server().awaitTurns(Duration.ofSeconds(10).toNanos()));
    }

    @Test
    void anExchangeInFlightEndsWithWhatItBeganWith() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /held HTTP/1.1\nHost: h\nAccept-Encoding: gzip\n\n");
            begun.await();
            reload("compression.enabled", "off");
            reload("compression.gzip.level", "9");
            goOn.countDown();
            String head = client.readHead();
            assertTrue(head.contains("Content-Encoding: gzip"), head);
            try (GZIPInputStream text = new GZIPInputStream(new ChunkedInput(client))) {
                assertEquals(
                        TEXT.repeat(3), new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        server.server().drain();
        assertEquals(0, server.server().encodersInUse());
        assertEquals(0, server.server().encoderBytes(), "the earlier pool holds nothing");
    }

    @Test
    void whatCannotBeIsRefusedAndNothingHasChanged() {
        ServerConfig before = server.server().config();
        assertEquals(
                "compression.types",
                assertThrows(ConfigException.class, () -> reload("compression.types", "text"))
                        .path());
        assertEquals(before, server.server().config());
    }

    @Test
    void reloadsThatRaceWithRequestsLoseNone() throws Exception {
        LoadClient clients =
                new LoadClient(server.server().port(), 3_000).start(16, "/text", "/text");
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> reloading = new ArrayList<>();
        for (String path : List.of("compression.gzip.level", "compression.min_size")) {
            reloading.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; !enough.get(); i++) {
                                            reload(path, Integer.toString(1 + i % 9));
                                        }
                                    }));
        }
        assertTrue(clients.awaitBusy(), clients::toString);
        enough.set(true);
        for (Thread each : reloading) {
            each.join();
        }
        server.server().reload(server.server().config().with("compression.memory", "0"));
        server.server().drain();
        clients.join();
        assertEquals(List.of(), clients.failures(), clients::toString);
        assertEquals(0, server.server().encodersInUse());
        assertEquals(0, server.server().encoderBytes());
    }
}
