package dev.pounce.servlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.servlet.async.AsyncState.Event;

import org.junit.jupiter.api.Test;

class AsyncStateTest {
    private static final String TABLE =
            """
            SYNC START STARTED
            STARTED EXPIRE EXPIRED
            STARTED FAIL FAILED
            STARTED DISPATCH DISPATCHING
            STARTED COMPLETE COMPLETING
            EXPIRED FAIL FAILED
            EXPIRED DISPATCH DISPATCHING
            EXPIRED COMPLETE COMPLETING
            FAILED DISPATCH DISPATCHING
            FAILED COMPLETE COMPLETING
            DISPATCHING FAIL FAILED
            DISPATCHING ENTER SYNC
            """;

    @Test
    void theTableIsThisAndEveryOtherCellThrows() {
        StringBuilder table = new StringBuilder();
        for (AsyncState state : AsyncState.values()) {
            for (Event event : Event.values()) {
                if (state.allows(event)) {
                    table.append(state + " " + event + " " + state.on(event) + "\n");
                } else {
                    assertThrows(IllegalStateException.class, () -> state.on(event));
                }
            }
        }
        assertEquals(TABLE, table.toString());
    }
}
