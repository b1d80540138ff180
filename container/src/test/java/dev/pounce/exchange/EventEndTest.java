package dev.pounce.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

/** Where an event ends, however its bytes were written: L is a line feed, C a carriage return. */
class EventEndTest {

    @ParameterizedTest
    @CsvSource({
        "data: 1LL, true",
        "data: 1CC, true",
        "data: 1CLCL, true",
        "data: 1LCL, true",
        "LL, true",
        "data: 1, false",
        "data: 1L, false",
        "data: 1C, false",
        "data: 1CL, false",
        "data: 1LLdata: 2L, false",
        "data: 1LLx, false",
    })
    void anEventEndsWithABlankLine(String text, boolean end) {
        byte[] bytes = text.replace('L', '\n').replace('C', '\r').getBytes(US_ASCII);
        for (int cut = 0; cut <= bytes.length; cut++) {
            EventEnd arrays = new EventEnd();
            arrays.wrote(bytes, 0, cut);
            arrays.wrote(bytes, cut, bytes.length - cut);
            assertEquals(end, arrays.isReached());
            EventEnd buffers = new EventEnd();
            buffers.wrote(ByteBuffer.wrap(bytes, 0, cut));
            buffers.wrote(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            assertEquals(end, buffers.isReached());
        }
        EventEnd bytewise = new EventEnd();
        for (int i = 0; i < bytes.length; i++) {
            bytewise.wrote(bytes, i, 1);
        }
        assertEquals(end, bytewise.isReached());
        bytewise.begin();
        assertEquals(false, bytewise.isReached());
    }
}
