package dev.pounce.watch;

import dev.pounce.testing.StateTable;
import dev.pounce.watch.WatchState.Event;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class WatchStateTest {

    @Test
    void theTableIsDocumentedAndEveryOtherCellThrows() throws IOException {
        StateTable.assertDocumented(
                "A watched folder or war file", WatchState.class, Event.class, WatchState::on);
    }
}
