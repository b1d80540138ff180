package dev.pounce.exchange;

import dev.pounce.exchange.ResponseState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ResponseStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "Response", ResponseState.class, Event.class, ResponseState::on);
    }
}
