package dev.pounce.deploy;

import dev.pounce.deploy.AppState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class AppStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "A deployed application", AppState.class, Event.class, AppState::on);
    }
}
