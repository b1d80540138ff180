package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;

import dev.pounce.bench.app.Coding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class HttpAnswerTest {

    private static final String CHUNKED =
            """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            Hello
            2
            !!
            0

            """
                    .replace("\n", "\r\n");

    private static HttpAnswer read(String bytes) throws IOException {
        return HttpAnswer.read(new ByteArrayInputStream(bytes.getBytes(US_ASCII)));
    }

    @Test
    void chunksArePutTogetherAndTheirFramingIsCounted() throws IOException {
        HttpAnswer answer = read(CHUNKED);
        assertEquals("Hello!!", answer.text());
        assertEquals(List.of(5, 2), answer.chunks());
        assertEquals(CHUNKED.length(), answer.wireBytes());
        assertEquals("HTTP/1.1 200 OK", answer.status());
        assertEquals("", answer.field("date"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\n", "\r\n2", "0\r\n\r\n", "!\r\n0"})
    void chunksThatAreCutOffOrRunIntoEachOtherAreAnError(String missing) {
        String broken = CHUNKED.replace(missing, "");
        assertThrows(IOException.class, () -> read(broken));
    }

    @Test
    void contentIsDecoded() throws IOException {
        byte[] plain = "plain ".repeat(100).getBytes(US_ASCII);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        assertArrayEquals(
                plain, new HttpAnswer("", gzip.toByteArray(), List.of(), 0).decoded(Coding.GZIP));
        assertArrayEquals(
                plain, new HttpAnswer("", Zstd.compress(plain), List.of(), 0).decoded(Coding.ZSTD));
    }
}
