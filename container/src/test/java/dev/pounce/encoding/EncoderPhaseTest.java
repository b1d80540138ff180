package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.encoding.BodyEncoder.Directive;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class EncoderPhaseTest {

    /** A call: what it asks for, and whether it brings bytes. */
    private record Call(Directive directive, boolean bytes) {

        static List<Call> all() {
            List<Call> all = new ArrayList<>();
            for (Directive directive : Directive.values()) {
                all.add(new Call(directive, false));
                all.add(new Call(directive, true));
            }
            return all;
        }

        @Override
        public String toString() {
            return directive + (bytes ? " with bytes" : "");
        }
    }

    @Test
    void callsThatCannotBeThrow() {
        for (Directive directive : Directive.values()) {
            for (EncoderPhase over :
                    new EncoderPhase[] {EncoderPhase.FAILED, EncoderPhase.CLOSED}) {
                assertThrows(IllegalStateException.class, () -> over.on(false, directive));
                assertThrows(IllegalStateException.class, () -> over.on(true, directive));
            }
            assertThrows(IllegalStateException.class, () -> EncoderPhase.ENDED.on(true, directive));
            assertEquals(EncoderPhase.ENDED, EncoderPhase.ENDED.on(false, directive));
        }
        for (boolean bytes : new boolean[] {false, true}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> EncoderPhase.ENDING.on(bytes, Directive.CONTINUE));
            assertThrows(
                    IllegalStateException.class,
                    () -> EncoderPhase.ENDING.on(bytes, Directive.FLUSH));
        }
    }

    @Test
    void theDocumentationShowsTheTable() throws Exception {
        String table =
                StateTable.of(List.of(EncoderPhase.values()), Call.all(), EncoderPhaseTest::cell);
        StateTable.assertDocumented("Encoder", EncoderPhase.class, table);
    }

    private static String cell(EncoderPhase phase, Call call) {
        try {
            return phase.on(call.bytes(), call.directive()).name();
        } catch (IllegalStateException illegal) {
            return "-";
        }
    }
}
