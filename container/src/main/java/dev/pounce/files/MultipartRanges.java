package dev.pounce.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Several parts of a file as one content: multipart/byteranges (RFC 9110 section 14.6). */
final class MultipartRanges {
    private final List<ByteRange> ranges;
    private final List<byte[]> heads = new ArrayList<>();
    private final byte[] end;
    private final String boundary;

    /**
     * @param mediaType the file's
     * @param size the file's, in bytes
     */
    MultipartRanges(List<ByteRange> ranges, String mediaType, long size) {
        this.ranges = ranges;
        this.boundary = UUID.randomUUID().toString();
        for (ByteRange range : ranges) {
            heads.add(
                    ascii(
                            "\r\n--"
                                    + boundary
                                    + "\r\nContent-Type: "
                                    + mediaType
                                    + "\r\nContent-Range: "
                                    + range.contentRange(size)
                                    + "\r\n\r\n"));
        }
        end = ascii("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The media type of the whole. */
    String mediaType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** The bytes of the whole. */
    long length() {
        long length = end.length;
        for (int i = 0; i < ranges.size(); i++) {
            length += heads.get(i).length + ranges.get(i).length();
        }
        return length;
    }

    void send(FileExchange exchange, FileContent content) throws IOException {
        for (int i = 0; i < ranges.size(); i++) {
            exchange.write(heads.get(i), 0, heads.get(i).length);
            content.send(exchange, ranges.get(i));
        }
        exchange.write(end, 0, end.length);
    }
}
