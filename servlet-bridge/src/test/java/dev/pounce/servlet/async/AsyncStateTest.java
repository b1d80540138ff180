package dev.pounce.servlet.async;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.servlet.async.AsyncState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class AsyncStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        String table =
                StateTable.of(
                        List.of(AsyncState.values()),
                        List.of(Event.values()),
                        AsyncStateTest::next);
        StateTable.assertDocumented("Asynchronous processing", AsyncState.class, table);
    }

    private static String next(AsyncState state, Event event) {
        if (state.allows(event)) {
            return state.on(event).name();
        }
        assertThrows(IllegalStateException.class, () -> state.on(event));
        return "-";
    }
}
