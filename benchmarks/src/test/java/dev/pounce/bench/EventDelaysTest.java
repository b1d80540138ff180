package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class EventDelaysTest {

    @Test
    void percentilesAreOfTheSortedDelays() {
        EventDelays delays =
                EventDelays.of(LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1000).toArray());
        assertEquals(new EventDelays(100, 198, 200, 200), delays);
        assertEquals(delays, EventDelays.parse("x", delays.line()));
    }

    @Test
    void anotherLineIsAnErrorThatNamesTheServer() {
        BenchmarkException error =
                assertThrows(
                        BenchmarkException.class, () -> EventDelays.parse("x", "failed: reset"));
        assertTrue(error.getMessage().contains("x's event streams: failed: reset"));
    }
}
