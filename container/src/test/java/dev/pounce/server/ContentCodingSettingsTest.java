package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderProfile;
import dev.pounce.encoding.EncoderProfiles;
import dev.pounce.encoding.EncoderSettings;
import dev.pounce.exchange.Response;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What {@code compression} says, and its rules say of some paths. */
class ContentCodingSettingsTest {
    private static final byte[] TEXT =
            "a line of text\n".repeat(400).getBytes(StandardCharsets.US_ASCII);

    private static TestServer server(Map<String, String> settings) throws Exception {
        UnaryOperator<ServerConfig> with =
                config -> {
                    ServerConfig changed = config;
                    for (Map.Entry<String, String> setting : settings.entrySet()) {
                        changed = changed.with(setting.getKey(), setting.getValue());
                    }
                    return changed;
                };
        TestServer server = new TestServer(with);
        for (String path : new String[] {"/text", "/shop/text", "/shop/admin/text"}) {
            server.handler(
                    path,
                    exchange -> {
                        Response response = exchange.response();
                        response.fields().set("Content-Type", "text/plain");
                        response.fields().set("ETag", "\"1\"");
                        response.write(TEXT, 0, TEXT.length);
                    });
            server.fused(FusedRoute.text("/fused" + path, request -> "some text ".repeat(100)));
        }
        return server;
    }

    private static String head(TestServer server, String path, String accepted) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: localhost
                    Accept-Encoding: %s

                    """
                            .formatted(path, accepted));
            return client.readHead();
        }
    }

    private static String coding(String head) {
        int at = head.indexOf("Content-Encoding: ");
        return at < 0 ? "identity" : head.substring(at + 18, head.indexOf('\n', at));
    }

    @Test
    void aStrongEtagBecomesWeakOrTheContentStaysAsItIs() throws Exception {
        try (TestServer server = server(Map.of())) {
            String head = head(server, "/text", "gzip");
            assertEquals("gzip", coding(head));
            assertTrue(head.contains("ETag: W/\"1\"\n"), head);
        }
        try (TestServer server = server(Map.of("compression.strong_etag", "identity"))) {
            String head = head(server, "/text", "gzip");
            assertEquals("identity", coding(head));
            assertTrue(head.contains("ETag: \"1\"\n"), head);
            assertTrue(head.contains("Vary: Accept-Encoding\n"), head);
            String forced = head(server, "/text", "gzip, identity;q=0");
            assertEquals("gzip", coding(forced));
            assertTrue(forced.contains("ETag: W/\"1\"\n"), forced);
        }
    }

    @Test
    void contentWithoutAStrongEtagIsEncodedAllTheSame() throws Exception {
        try (TestServer server = server(Map.of("compression.strong_etag", "identity"))) {
            assertEquals("gzip", coding(head(server, "/fused/text", "gzip")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "encode, gzip, gzip",
        "identity_over_tls, gzip, gzip",
        "identity, gzip, identity",
        "identity, 'gzip, identity;q=0', gzip"
    })
    void whatAnotherSiteAsksForIsSentAsItIs(String setting, String accepted, String coding)
            throws Exception {
        try (TestServer server = server(Map.of("compression.cross_site", setting))) {
            for (String path : new String[] {"/text", "/fused/text"}) {
                String fromAnotherSite = accepted + "\nSec-Fetch-Site: cross-site";
                String head = head(server, path, fromAnotherSite);
                assertEquals(coding, coding(head), head);
                assertTrue(head.contains("Vary: Accept-Encoding\n"), head);
                String own = accepted + "\nSec-Fetch-Site: same-origin";
                assertEquals("gzip", coding(head(server, path, own)));
            }
        }
    }

    @Test
    void theFirstRuleForAPathCounts() throws Exception {
        String rules =
                "/shop/admin/** zstd.enabled=off, /shop/** enabled=off,"
                        + " /fused/shop/* min_size=1MiB";
        try (TestServer server = server(Map.of("compression.rules", rules))) {
            assertEquals("zstd", coding(head(server, "/text", "zstd, gzip")));
            String off = head(server, "/shop/text", "zstd, gzip");
            assertEquals("identity", coding(off));
            assertFalse(off.contains("Vary"), off);
            assertEquals("gzip", coding(head(server, "/shop/admin/text", "zstd, gzip")));
            assertEquals("zstd", coding(head(server, "/fused/text", "zstd, gzip")));
            assertEquals("identity", coding(head(server, "/fused/shop/text", "zstd, gzip")));
            assertEquals("zstd", coding(head(server, "/fused/shop/admin/text", "zstd, gzip")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/./text", "/shop/../shop/text", "//shop/text", "/sh%6fp/text"})
    void aRuleIsMatchedWithThePathThatRequestsAreMatchedWith(String path) throws Exception {
        try (TestServer server = server(Map.of("compression.rules", "/shop/** enabled=off"))) {
            String head = head(server, path, "gzip");
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
            assertEquals("identity", coding(head));
        }
    }

    @Test
    void whatNothingIsOfferedForIsNotAcceptableThere() throws Exception {
        try (TestServer server = server(Map.of("compression.rules", "/shop/** gzip.enabled=off"))) {
            String accepted = "gzip, identity;q=0";
            assertTrue(head(server, "/text", accepted).startsWith("HTTP/1.1 200 "));
            assertTrue(head(server, "/shop/text", accepted).startsWith("HTTP/1.1 406 "));
        }
    }

    @Test
    void anEventStreamHasASmallWindowAndAPageOneThatFits() throws Exception {
        EncoderProfiles profiles = new EncoderProfiles(EncoderSettings.defaults());
        try (TestServer server = server(Map.of())) {
            server.handler(
                    "/events",
                    exchange -> {
                        exchange.response().fields().set("Content-Type", "Text/Event-Stream; x=y");
                        exchange.response().flush();
                    });
            assertEquals("zstd", coding(head(server, "/events", "zstd")));
            awaitCharged(server, profiles.ofEvents(ContentCoding.ZSTD).contextBytes());
        }
        try (TestServer server = server(Map.of())) {
            assertEquals("zstd", coding(head(server, "/text", "zstd")));
            awaitCharged(server, profiles.ofLength(ContentCoding.ZSTD, TEXT.length).contextBytes());
        }
    }

    @Test
    void anEncoderIsBackWhenTheContentHasEndedNotWhenTheClientHasReadIt() throws Exception {
        byte[] content = new byte[16 << 20];
        new Random(1).nextBytes(content);
        try (TestServer server = server(Map.of());
                RawClient client = server.connect()) {
            server.handler(
                    "/large",
                    exchange -> {
                        exchange.response().fields().set("Content-Type", "text/plain");
                        exchange.response().bufferSize(content.length);
                        exchange.response().write(content, 0, content.length);
                    });
            client.send("GET /large HTTP/1.1\nHost: localhost\nAccept-Encoding: zstd\n\n");
            String head = client.readHead();
            assertEquals("zstd", coding(head));
            int at = head.indexOf("Content-Length: ") + 16;
            int length = Integer.parseInt(head.substring(at, head.indexOf('\n', at)));
            // more than the kernel takes for a client that does not read
            assertTrue(length > 12 << 20, head);
            awaitCharged(server, new EncoderProfile(ContentCoding.ZSTD, 1, 17).contextBytes());
            assertArrayEquals(content, Zstd.decompress(client.readBytes(length), content.length));
        }
    }

    private static void awaitCharged(TestServer server, long bytes) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (server.server().encodersInUse() > 0) {
            assertTrue(System.nanoTime() < end, "an encoder is still out");
            Thread.onSpinWait();
        }
        assertEquals(bytes, server.server().encoderBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop enabled=perhaps", "/shop types=text"})
    void aWrongRuleIsRefusedBeforeAnythingChanges(String rule) throws Exception {
        try (TestServer server = server(Map.of())) {
            ServerConfig config = server.server().config();
            ServerConfig wrong = config.with("compression.rules", rule);
            assertEquals(
                    "compression.rules",
                    assertThrows(ConfigException.class, () -> server.server().reload(wrong))
                            .path());
            assertEquals(config, server.server().config());
        }
    }
}
