package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PlanTest {

    private static final List<String> SERVERS = List.of("a", "b", "c");

    @Test
    void eachRoundBeginsOneServerLater() {
        assertEquals(List.of("a", "b", "c"), Plan.order(SERVERS, 0));
        assertEquals(List.of("b", "c", "a"), Plan.order(SERVERS, 1));
        assertEquals(List.of("c", "a", "b"), Plan.order(SERVERS, 2));
        assertEquals(List.of("a", "b", "c"), Plan.order(SERVERS, 3));
    }

    @Test
    void theDurationIsThatOfWarmUpsAndRounds() {
        assertEquals(Duration.ofSeconds(186), new Plan(7, 3, 10, false).duration(6));
    }
}
