package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.encoding.BodyEncoder.Directive;

import org.junit.jupiter.api.Test;

class EncoderPhaseTest {

    @Test
    void everyCellOfTheTableIsDefinedOrThrows() {
        StringBuilder table = new StringBuilder();
        for (EncoderPhase phase : EncoderPhase.values()) {
            table.append(phase);
            for (boolean bytes : new boolean[] {false, true}) {
                for (Directive directive : Directive.values()) {
                    table.append(' ').append(cell(phase, bytes, directive));
                }
            }
            table.append('\n');
        }
        assertEquals(
                """
                START START START ENDING HOLDING HOLDING ENDING
                CLEAN CLEAN CLEAN ENDING HOLDING HOLDING ENDING
                HOLDING HOLDING HOLDING ENDING HOLDING HOLDING ENDING
                ENDING - - ENDING - - ENDING
                ENDED ENDED ENDED ENDED - - -
                FAILED - - - - - -
                CLOSED - - - - - -
                """,
                table.toString());
    }

    private static String cell(EncoderPhase phase, boolean bytes, Directive directive) {
        try {
            return phase.on(bytes, directive).name();
        } catch (IllegalStateException illegal) {
            return "-";
        }
    }
}
