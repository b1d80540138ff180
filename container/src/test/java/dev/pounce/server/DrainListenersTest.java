package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.DrainListener;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class DrainListenersTest {
    private final DrainListeners listeners = new DrainListeners();
    private final List<String> told = new ArrayList<>();

    @Test
    void eachIsToldOnceInTheOrderOfTheirAdding() {
        listeners.addListener(() -> told.add("first"));
        listeners.addListener(() -> told.add("second"));
        assertFalse(listeners.hasBegun());
        listeners.begin();
        listeners.begin();
        assertEquals(List.of("first", "second"), told);
        assertTrue(listeners.hasBegun());
    }

    @Test
    void oneThatFailsIsNoObstacleToTheNext() {
        listeners.addListener(
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        listeners.addListener(() -> told.add("next"));
        listeners.begin();
        assertEquals(List.of("next"), told);
    }

    @Test
    void oneThatIsTakenBackIsNotTold() {
        DrainListener gone = () -> told.add("gone");
        listeners.addListener(gone);
        listeners.removeListener(gone);
        listeners.begin();
        assertEquals(List.of(), told);
    }

    @Test
    void oneThatIsAddedTooLateIsToldAtOnce() {
        listeners.begin();
        listeners.addListener(() -> told.add("late"));
        assertEquals(List.of("late"), told);
    }
}
