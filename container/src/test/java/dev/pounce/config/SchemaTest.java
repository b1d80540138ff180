package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SchemaTest {

    enum Mode {
        FAST_PATH,
        SLOW
    }

    record Inner(
            @Setting(value = "How big.", max = "1KiB", bytes = true) long someSize,
            @Setting("How it goes.") Mode mode) {}

    record Outer(
            @Setting("Names.") List<String> names,
            @Setting("Inside.") Inner innerGroup,
            @Setting(value = "How long.", min = "1s") Duration delay) {}

    private final Schema<Outer> schema = new Schema<>(Outer.class);
    private final Outer base =
            new Outer(List.of("a"), new Inner(1, Mode.SLOW), Duration.ofSeconds(1));

    @Test
    void aRecordsComponentsAreTheSettings() {
        assertEquals(
                List.of("names", "inner_group.some_size", "inner_group.mode", "delay"),
                schema.keys().stream().map(Key::path).toList());
        assertEquals("Inside.", schema.find("inner_group").orElseThrow().doc());
        assertEquals(
                "a size of at most 1KiB (written like 500 or 64KiB)",
                schema.key("inner_group.some_size").expected());
        assertEquals(Mode.SLOW, schema.value(base, schema.key("inner_group.mode")));
    }

    @Test
    void valuesAreReplacedTogether() {
        Outer changed =
                schema.with(
                        base,
                        Map.of("names", List.of("b", "c"), "inner_group.mode", Mode.FAST_PATH));
        assertEquals(
                new Outer(List.of("b", "c"), new Inner(1, Mode.FAST_PATH), Duration.ofSeconds(1)),
                changed);
    }

    @Test
    void enumConstantsAreWrittenInLowerCase() {
        Key mode = schema.key("inner_group.mode");
        assertEquals(Mode.FAST_PATH, mode.parse("fast_path"));
        assertEquals("fast_path", mode.type().format(Mode.FAST_PATH));
        assertEquals(
                "inner_group.mode: \"medium\" is not one of fast_path, slow",
                assertThrows(ConfigException.class, () -> mode.parse("medium")).getMessage());
    }

    @Test
    void aComponentWithoutItsMeaningIsAMistakeOfTheRecord() {
        record Silent(int number) {}
        assertThrows(IllegalArgumentException.class, () -> new Schema<>(Silent.class));
    }

    @Test
    void aTypeThatCannotBeWrittenIsAMistakeOfTheRecord() {
        record Odd(@Setting("Any.") Object object) {}
        assertThrows(IllegalArgumentException.class, () -> new Schema<>(Odd.class));
    }

    @Test
    void whatCallersWroteStaysOneShortLineOfTheMessage() {
        String message =
                assertThrows(
                                ConfigException.class,
                                () -> schema.key("delay").parse("x\ny".repeat(1000)))
                        .getMessage();
        assertTrue(message.length() < 200 && !message.contains("\n"), message);
    }

    @Test
    void theNearestSettingIsFoundThroughTypicalMistakes() {
        Schema<ServerConfig> server = ServerConfig.schema();
        Map<String, String> meant =
                Map.of(
                        "prot", "port",
                        "cpuAffinity", "cpu_affinity",
                        "compression.min-size", "compression.min_size",
                        "keep_alive_timeout", "keep_alive.timeout",
                        "min_size", "compression.min_size",
                        "limits.hed", "limits.head",
                        "compression.widow_log", "compression.zstd.window_log",
                        "timeout.shutdown", "timeouts.shutdown",
                        "compresion", "compression");
        meant.forEach(
                (written, nearest) ->
                        assertEquals(
                                "unknown setting; did you mean " + nearest + "?",
                                server.unknown(written)));
        assertEquals(
                "unknown setting; valid here: enabled, level",
                server.unknown("compression.gzip.quality"));
        assertEquals(Optional.empty(), server.nearestKey("something_else"));
    }

    @Test
    void distanceCountsInsertionsDeletionsSubstitutionsAndSwaps() {
        assertEquals(0, Nearest.distance("port", "port"));
        assertEquals(1, Nearest.distance("port", "prot"));
        assertEquals(1, Nearest.distance("port", "ports"));
        assertEquals(1, Nearest.distance("port", "sort"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(4, Nearest.distance("", "port"));
    }
}
