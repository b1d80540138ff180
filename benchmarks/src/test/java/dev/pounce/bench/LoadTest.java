package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoadTest {

    private static final String OUTPUT =
            """
            Running 1s test @ http://127.0.0.1:50703/hello
              1 threads and 64 connections
            Requests/sec: 110311.87

            bench responses=1000 micros=2000000 bytes=115000 p50=1200 p99=3497 connect=%d read=0 write=0 status=%d timeout=0
            """;

    private static final AnswerSize SIZE = new AnswerSize(115, true);

    private static Load load(int connect, int status) {
        return Load.parse(OUTPUT.formatted(connect, status));
    }

    @Test
    void theLineOfTheScriptIsRead() {
        assertEquals(new Load(1000, 2_000_000, 115_000, 1200, 3497, 0), load(0, 0));
        assertEquals(5, load(2, 3).errors());
    }

    @Test
    void outputWithoutFiguresIsAnErrorThatShowsIt() {
        BenchmarkException error =
                assertThrows(
                        BenchmarkException.class,
                        () -> Load.parse("unable to connect to 127.0.0.1:9"));
        assertTrue(error.getMessage().contains("unable to connect"), error.getMessage());
        assertThrows(BenchmarkException.class, () -> Load.parse("bench responses=1"));
    }

    @Test
    void aRoundWithErrorsDoesNotCount() {
        assertThrows(BenchmarkException.class, () -> load(0, 1).require("x", SIZE, 64));
        assertThrows(
                BenchmarkException.class, () -> new Load(0, 1, 0, 0, 0, 0).require("x", SIZE, 64));
    }

    @Test
    void bytesMayDifferByTheAnswersUnderWayOnly() {
        assertDoesNotThrow(() -> load(0, 0).require("x", SIZE, 0));
        assertDoesNotThrow(() -> new Load(1000, 1, 115_230, 1, 1, 0).require("x", SIZE, 2));
        assertThrows(
                BenchmarkException.class,
                () -> new Load(1000, 1, 115_231, 1, 1, 0).require("x", SIZE, 2));
        assertThrows(
                BenchmarkException.class,
                () -> new Load(1000, 1, 114_769, 1, 1, 0).require("x", SIZE, 2));
    }

    @Test
    void whatIsNotExactMayComeToOnePercentMoreOrLess() {
        AnswerSize about = new AnswerSize(115, false);
        assertDoesNotThrow(() -> new Load(1000, 1, 116_150, 1, 1, 0).require("x", about, 0));
        assertThrows(
                BenchmarkException.class,
                () -> new Load(1000, 1, 116_151, 1, 1, 0).require("x", about, 0));
    }

    @Test
    void aSampleRelatesTheServersTimeToTheResponses() {
        assertEquals(new Sample(1000, 8.5, 500, 1.2, 3.497), Sample.of(8_500, load(0, 0), SIZE));
    }
}
