package dev.pounce.protocol;

import dev.pounce.protocol.ConnectionState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ConnectionStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "HTTP/1.1 connection", ConnectionState.class, Event.class, ConnectionState::on);
    }
}
