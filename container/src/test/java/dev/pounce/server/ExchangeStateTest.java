package dev.pounce.server;

import dev.pounce.server.ExchangeState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ExchangeStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "An exchange on virtual threads",
                ExchangeState.class,
                Event.class,
                ExchangeState::on);
    }
}
