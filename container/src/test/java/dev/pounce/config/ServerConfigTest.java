package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.CompressionConfig.Zstd;
import dev.pounce.config.ServerConfig.ServerTiming;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ServerConfigTest {

    private static final ServerConfig DEFAULTS = ServerConfig.defaults();

    @Test
    void copiesDifferInWhatWasChangedOnly() {
        ServerConfig changed =
                DEFAULTS.withPort(0)
                        .withHost("::1")
                        .withWorkers(3)
                        .withWebapps(Path.of("apps"))
                        .with("compression.zstd.level", "7");

        assertEquals(0, changed.port());
        assertEquals("::1", changed.host());
        assertEquals(3, changed.workers());
        assertEquals(Path.of("apps"), changed.webapps());
        assertEquals(new Zstd(true, 7, 17, 12), changed.compression().zstd());
        assertEquals(DEFAULTS.limits(), changed.limits());
        assertNotEquals(DEFAULTS, changed);
        assertEquals(
                DEFAULTS,
                changed.withPort(8080)
                        .withHost("0.0.0.0")
                        .withWorkers(0)
                        .withWebapps(Path.of("webapps"))
                        .with("compression.zstd.level", "1"));
    }

    @Test
    void everySettingReadsBackWhatItWrites() {
        for (Key key : ServerConfig.schema().keys()) {
            Object value = ServerConfig.schema().value(DEFAULTS, key);
            assertEquals(value, key.parse(key.type().format(value)), key.path());
            assertEquals(DEFAULTS, DEFAULTS.with(key.path(), key.type().format(value)));
        }
    }

    @Test
    void valuesAreWrittenAsInTheFile() {
        ServerConfig config =
                DEFAULTS.with("server_timing", "on")
                        .with("keep_alive.timeout", "1500ms")
                        .with("limits.body", "10MiB")
                        .with("compression.types", "text/html, text/css");

        assertEquals(ServerTiming.ON, config.serverTiming());
        assertEquals(Duration.ofMillis(1500), config.keepAlive().timeout());
        assertEquals(10L << 20, config.limits().body());
        assertEquals(List.of("text/html", "text/css"), config.compression().types());
    }

    @Test
    void aValueOutOfItsBoundsIsRefusedWhereverItComesFrom() {
        assertRefused(
                "port: \"65536\" is not an integer from 0 to 65535",
                () -> DEFAULTS.withPort(65536));
        assertRefused(
                "port: \"65536\" is not an integer from 0 to 65535",
                () -> DEFAULTS.with("port", "65536"));
        assertRefused(
                "compression.zstd.window_log: \"9\" is not an integer from 10 to 23",
                () -> new Zstd(true, 1, 9, 12));
        assertRefused("host: \" \" is not text", () -> DEFAULTS.withHost(" "));
    }

    @Test
    void aDurationThatCannotBeWrittenIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertRefused(
                "timeouts.linger: \"0ms\" is not a duration from 0 to 1m (written like"
                        + " 100ms or 5s)",
                () ->
                        new TimeoutsConfig(
                                second,
                                second,
                                second,
                                Duration.ofNanos(1),
                                second,
                                second,
                                second));
    }

    @Test
    void settingsHaveToFitTogether() {
        assertRefused(
                "limits.request_line: 2048 is more than limits.head, which is 1024",
                () -> new LimitsConfig(1024, 2048, 100, 0, 0, 0, 1 << 20, 1, 0, 0, 0, 64));
        assertRefused(
                "limits.request_line: 16384 is more than limits.head, which is 1024",
                () -> DEFAULTS.with("limits.head", "1KiB"));
    }

    @Test
    void debuggingNeedsASecretThatNobodyGuesses() {
        assertRefused(
                "server_timing: debug needs a secret: set server_timing_debug, too",
                () -> DEFAULTS.with("server_timing", "debug"));
        for (String secret : List.of("x".repeat(15), "x".repeat(257), "sixteen letters x")) {
            assertRefused(
                    "server_timing_debug: is neither none nor 16 to 256 printable characters of"
                            + " ASCII without spaces",
                    () -> DEFAULTS.with("server_timing_debug", secret));
        }
        assertEquals(
                ServerTiming.DEBUG,
                DEFAULTS.with("server_timing_debug", "x".repeat(16))
                        .with("server_timing", "debug")
                        .serverTiming());
    }

    @Test
    void aSecretIsNotInTheMessageThatRefusesIt() {
        assertRefused(
                "server_timing_debug: the value is not text",
                () -> DEFAULTS.with("server_timing_debug", "a secret\u0000"));
    }

    @Test
    void aMissingValueIsNamed() {
        assertRefused("keep_alive.timeout: has no value", () -> new KeepAliveConfig(null, 0));
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestOne() {
        assertRefused(
                "compression.minSize: unknown setting; did you mean compression.min_size?",
                () -> DEFAULTS.with("compression.minSize", "1"));
        assertRefused(
                "keep_alive: is a group of settings and takes no value; it has timeout,"
                        + " max_requests",
                () -> DEFAULTS.with("keep_alive", "5s"));
    }

    @Test
    void listsAreCopied() {
        List<String> types = new ArrayList<>(List.of("text/html"));
        CompressionConfig old = DEFAULTS.compression();
        CompressionConfig compression =
                new CompressionConfig(
                        true,
                        0,
                        types,
                        old.strongEtag(),
                        old.crossSite(),
                        old.rules(),
                        old.memory(),
                        old.zstd(),
                        old.gzip());
        types.add("text/css");
        assertEquals(List.of("text/html"), compression.types());
    }

    @Test
    void everySettingIsDescribedInSentences() {
        for (Key key : ServerConfig.schema().keys()) {
            assertTrue(key.doc().matches("(?s)[A-Z].*\\."), key.path() + ": " + key.doc());
        }
    }

    private static void assertRefused(String message, Runnable action) {
        assertEquals(message, assertThrows(ConfigException.class, action::run).getMessage());
    }
}
