package dev.pounce.conformance;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** A form with a file, as browsers send it (RFC 7578). */
final class Multipart {
    private static final String BOUNDARY = "----pounce-conformance";

    private Multipart() {}

    /**
     * Makes a request send a form.
     *
     * @param title a text field, or null for none
     * @param field the name of the file's field
     */
    static HttpRequest.Builder send(
            HttpRequest.Builder request, String title, String field, String name, byte[] file) {
        String text =
                title == null
                        ? ""
                        : """
                        --%s
                        Content-Disposition: form-data; name="title"

                        %s
                        """
                                .formatted(BOUNDARY, title);
        String before =
                text
                        + """
                        --%s
                        Content-Disposition: form-data; name="%s"; filename="%s"
                        Content-Type: application/octet-stream

                        """
                                .formatted(BOUNDARY, field, name);
        String after = "\r\n--" + BOUNDARY + "--\r\n";
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(
                        HttpRequest.BodyPublishers.ofByteArrays(
                                List.of(
                                        before.replace("\n", "\r\n")
                                                .getBytes(StandardCharsets.UTF_8),
                                        file,
                                        after.getBytes(StandardCharsets.US_ASCII))));
    }

    /** Bytes of which each one occurs. */
    static byte[] file(int length) {
        byte[] file = new byte[length];
        for (int i = 0; i < length; i++) {
            file[i] = (byte) (i * 31 + i / 256);
        }
        return file;
    }

    /** What the webapps say of a file: its name, length and checksum. */
    static String description(String name, byte[] file) {
        CRC32 sum = new CRC32();
        sum.update(file);
        return String.join(
                " ", Arrays.asList(name, "" + file.length, Long.toHexString(sum.getValue())));
    }
}
