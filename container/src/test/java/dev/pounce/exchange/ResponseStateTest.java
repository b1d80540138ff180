package dev.pounce.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.exchange.ResponseState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.util.List;

class ResponseStateTest {

    @Test
    void everyUndefinedCellThrows() {
        for (ResponseState state : ResponseState.values()) {
            for (Event event : Event.values()) {
                if (state.next(event) == null) {
                    assertThrows(IllegalStateException.class, () -> state.on(event));
                } else {
                    assertEquals(state.next(event), state.on(event));
                }
            }
        }
    }

    @Test
    void theDocumentationShowsTheTable() throws Exception {
        String table =
                StateTable.of(
                        List.of(ResponseState.values()),
                        List.of(Event.values()),
                        (state, event) -> {
                            ResponseState next = state.next(event);
                            return next == null ? "-" : next.name();
                        });
        StateTable.assertDocumented("Response", ResponseState.class, table);
    }
}
