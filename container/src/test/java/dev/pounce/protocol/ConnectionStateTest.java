package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.protocol.ConnectionState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.util.List;

class ConnectionStateTest {

    @Test
    void everyUndefinedCellThrows() {
        for (ConnectionState state : ConnectionState.values()) {
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
                        List.of(ConnectionState.values()),
                        List.of(Event.values()),
                        (state, event) -> {
                            ConnectionState next = state.next(event);
                            return next == null ? "-" : next.name();
                        });
        StateTable.assertDocumented("HTTP/1.1 connection", ConnectionState.class, table);
    }
}
