package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

class ConnectionStateTest {

    @Test
    void everyUndefinedCellThrows() {
        for (ConnectionState state : ConnectionState.values()) {
            for (ConnectionState.Event event : ConnectionState.Event.values()) {
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
        StringBuilder table = new StringBuilder("| state |");
        for (ConnectionState.Event event : ConnectionState.Event.values()) {
            table.append(' ').append(event).append(" |");
        }
        table.append('\n')
                .append("|---".repeat(ConnectionState.Event.values().length + 1))
                .append("|\n");
        for (ConnectionState state : ConnectionState.values()) {
            table.append("| ").append(state).append(" |");
            for (ConnectionState.Event event : ConnectionState.Event.values()) {
                ConnectionState next = state.next(event);
                table.append(' ').append(next == null ? "-" : next).append(" |");
            }
            table.append('\n');
        }
        String document =
                Files.readString(
                        Path.of(System.getProperty("pounce.root"), "docs", "architecture.md"));
        assertEquals(
                true,
                document.contains(table),
                () -> "docs/architecture.md must have this table:\n" + table);
    }
}
