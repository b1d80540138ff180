package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class ValueTypeTest {

    private static final ValueType INTEGER = ValueType.of(int.class, false);
    private static final ValueType SIZE = ValueType.of(long.class, true);
    private static final ValueType SMALL_SIZE = ValueType.of(int.class, true);
    private static final ValueType DURATION = ValueType.of(Duration.class, false);
    private static final ValueType BOOLEAN = ValueType.of(boolean.class, false);
    private static final ValueType SWITCH = ValueType.of(ServerConfig.ServerTiming.class, false);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "500, 500, 500",
        "1024, 1024, 1KiB",
        "1KiB, 1024, 1KiB",
        "1 KiB, 1024, 1KiB",
        "1536, 1536, 1536",
        "1MiB, 1048576, 1MiB",
        "2048KiB, 2097152, 2MiB",
        "8388607TiB, 9223370937343148032, 8388607TiB"
    })
    void sizes(String text, long bytes, String written) {
        assertEquals(bytes, SIZE.parse(text));
        assertEquals(written, SIZE.format(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KiB",
                "1KB",
                "1kb",
                "1.5MiB",
                "-1",
                "-1KiB",
                "+1",
                "01",
                "0x10",
                "1_000",
                "8388608TiB",
                "9223372036854775808",
                "1KiBKiB",
                "\u0661"
            })
    void noSizes(String text) {
        assertThrows(RuntimeException.class, () -> SIZE.parse(text));
    }

    @Test
    void aSizeHasToFitItsType() {
        assertEquals(2147483647, SMALL_SIZE.parse("2147483647"));
        assertThrows(ArithmeticException.class, () -> SMALL_SIZE.parse("2GiB"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0ms",
        "100ms, 100, 100ms",
        "5s, 5000, 5s",
        "5 s, 5000, 5s",
        "1500ms, 1500, 1500ms",
        "120s, 120000, 2m",
        "24h, 86400000, 1d",
        "2d, 172800000, 2d"
    })
    void durations(String text, long millis, String written) {
        assertEquals(Duration.ofMillis(millis), DURATION.parse(text));
        assertEquals(written, DURATION.format(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5S", "5sec", "1m30s", "1.5s", "1:30", "PT5S", "5us"})
    void noDurations(String text) {
        assertThrows(IllegalArgumentException.class, () -> DURATION.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "eight", "010", "0o10", "0x1F", "1e3", "1:30", "8080 ", "2147483648"})
    void noIntegers(String text) {
        assertThrows(RuntimeException.class, () -> INTEGER.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "on, true",
        "yes, true",
        "TRUE, true",
        "false, false",
        "Off, false",
        "no, false"
    })
    void booleans(String text, boolean value) {
        assertEquals(value, BOOLEAN.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"on, ON", "true, ON", "yes, ON", "off, OFF", "false, OFF", "no, OFF"})
    void aSwitchTakesTheSpellingsOfABoolean(String text, ServerConfig.ServerTiming value) {
        assertEquals(value, SWITCH.parse(text));
    }
}
