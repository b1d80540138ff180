package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.bench.app.Coding;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class SelectionTest {

    @Test
    void withoutANameItIsTheFusedHandlers() {
        assertEquals(
                new Selection(
                        List.of(Scenario.KEPT_ALIVE, Scenario.PIPELINED),
                        List.of(),
                        false,
                        false,
                        List.of()),
                Selection.of(List.of(), List.of()));
    }

    @Test
    void namesAndGroupsAddUp() {
        Selection selection =
                Selection.of(List.of("echo", "delay-zstd", "idle"), List.of("files", "delay"));
        assertEquals(
                List.of(Scenario.ECHO, Scenario.FILE_100K, Scenario.FILE_1M),
                selection.scenarios());
        assertEquals(List.of(Coding.ZSTD, Coding.IDENTITY, Coding.GZIP), selection.delays());
        assertTrue(selection.idle());
    }

    @Test
    void allIsEverything() {
        Selection all = Selection.of(List.of(), List.of("all"));
        assertEquals(Arrays.asList(Scenario.values()), all.scenarios());
        assertEquals(Arrays.asList(Coding.values()), all.delays());
        assertTrue(all.idle() && all.start());
        assertEquals(Arrays.asList(Growth.values()), all.growth());
    }

    @Test
    void whatThereIsNotIsNamed() {
        IllegalArgumentException scenario =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Selection.of(List.of("pages"), List.of()));
        assertEquals("there is no scenario 'pages'", scenario.getMessage());
        IllegalArgumentException group =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Selection.of(List.of(), List.of("servlets")));
        assertEquals("there is no group 'servlets'", group.getMessage());
    }
}
