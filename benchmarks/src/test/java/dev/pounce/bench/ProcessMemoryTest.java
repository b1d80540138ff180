package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

class ProcessMemoryTest {

    @Test
    void theLastLineOfAHistogramHasTheTotal() {
        assertEquals(
                OptionalLong.of(1_234_567),
                ProcessMemory.total(
                        """
                        123:
                         num     #instances         #bytes  class name (module)
                        -------------------------------------------------------
                           1:         10000        1000000  [B (java.base@25)
                        Total         12000        1234567
                        """));
        assertEquals(OptionalLong.empty(), ProcessMemory.total("no such process"));
    }
}
