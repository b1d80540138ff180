package dev.pounce.servlet.async;

import dev.pounce.servlet.async.AsyncState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class AsyncStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "Asynchronous processing", AsyncState.class, Event.class, AsyncState::on);
    }
}
