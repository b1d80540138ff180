package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.protocol.ChunkState.Input;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;

class ChunkStateTest {

    @Test
    void everyUndefinedCellRefuses() throws Exception {
        int undefined = 0;
        for (ChunkState state : ChunkState.values()) {
            for (Input input : Input.values()) {
                if (state.next(input) == null) {
                    undefined++;
                    ProtocolException refused =
                            assertThrows(ProtocolException.class, () -> state.on(input));
                    assertEquals(400, refused.status());
                    assertEquals("POUNCE_PARSE_CHUNK", refused.code());
                } else {
                    assertEquals(state.next(input), state.on(input));
                }
            }
        }
        assertNotEquals(0, undefined);
    }

    @Test
    void everyByteHasAClassAndNoByteIsNews() {
        EnumSet<Input> classes = EnumSet.noneOf(Input.class);
        for (int b = 0; b < 256; b++) {
            classes.add(Input.of((byte) b));
        }
        assertEquals(EnumSet.range(Input.DIGIT, Input.CONTROL), classes);
    }

    @Test
    void theDocumentationShowsTheTable() throws Exception {
        String table =
                StateTable.of(
                        List.of(ChunkState.values()),
                        List.of(Input.values()),
                        (state, input) -> {
                            ChunkState next = state.next(input);
                            return next == null ? "-" : next.name();
                        });
        StateTable.assertDocumented("Chunked content", ChunkState.class, table);
    }
}
