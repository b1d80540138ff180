package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

import dev.pounce.bench.app.Coding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An answer as it came.
 *
 * @param head the status line and the fields
 * @param content the content, still coded
 * @param chunks the sizes of the chunks, none for content of a declared length
 * @param framing the bytes of chunk sizes, line ends and trailers
 */
record HttpAnswer(String head, byte[] content, List<Integer> chunks, int framing) {

    private static final int MAX_HEAD = 8 << 10;

    /**
     * Reads one answer.
     *
     * @throws IOException when the connection fails, or what came is none
     */
    static HttpAnswer read(InputStream in) throws IOException {
        String head = readHead(in);
        if (field(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
            ChunkedInput chunked = new ChunkedInput(in);
            byte[] content = chunked.readAllBytes();
            return new HttpAnswer(head, content, chunked.sizes(), chunked.framing());
        }
        String length = field(head, "content-length");
        if (!length.matches("\\d{1,9}")) {
            throw new IOException("neither Content-Length nor chunked in:\n" + head);
        }
        byte[] content = in.readNBytes(Integer.parseInt(length));
        return new HttpAnswer(head, content, List.of(), 0);
    }

    /** Reads up to the empty line. */
    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("an end of the connection after '" + head + "'");
            }
            if (head.length() == MAX_HEAD) {
                throw new IOException("a head of more than " + MAX_HEAD + " bytes");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The status line. */
    String status() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** The value of a field, or an empty string. */
    String field(String name) {
        return field(head, name);
    }

    static String field(String head, String name) {
        String prefix = name + ":";
        Optional<String> field =
                Arrays.stream(head.split("\r\n"))
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                        .findFirst();
        return field.map(line -> line.substring(prefix.length()).strip()).orElse("");
    }

    /** All bytes of the answer. */
    int wireBytes() {
        return head.length() + content.length + framing;
    }

    /** The content without its coding. */
    byte[] decoded(Coding coding) throws IOException {
        try (InputStream decoder = decoder(coding, new ByteArrayInputStream(content))) {
            return decoder.readAllBytes();
        }
    }

    /** Decodes with libraries that no server here encodes with by our code. */
    static InputStream decoder(Coding coding, InputStream coded) throws IOException {
        return switch (coding) {
            case IDENTITY -> coded;
            case GZIP -> new GZIPInputStream(coded);
            case ZSTD -> new ZstdInputStreamNoFinalizer(coded);
        };
    }

    /** The content as text. */
    String text() {
        return new String(content, US_ASCII);
    }
}
