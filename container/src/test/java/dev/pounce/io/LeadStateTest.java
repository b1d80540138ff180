package dev.pounce.io;

import dev.pounce.io.LeadState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class LeadStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "Leading a worker's loop", LeadState.class, Event.class, LeadState::on);
    }
}
