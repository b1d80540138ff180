package dev.pounce.servlet.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.servlet.model.MultipartLimits;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Javadoc of getParts and Part, and RFC 7578. */
class MultipartPartsTest {
    private static final MultipartLimits NONE = new MultipartLimits("", -1, -1, 0);
    private static final String TYPE = "multipart/form-data; boundary=B";
    private static final String FORM =
            """
            --B
            Content-Disposition: form-data; name="title"

            gr\u00fcn
            --B
            Content-Disposition: form-data; name="file"; filename="a.txt"
            Content-Type: text/plain
            X-Two: 1
            x-two: 2

            0123456789
            --B
            Content-Disposition: form-data; name="title"

            second
            --B--
            """;

    @TempDir private Path folder;

    /** A request in memory. Lines of the text end with LF there and with CR LF on the wire. */
    private static class Request implements PartSource {
        private final byte[] bytes;
        String type = TYPE;
        String charset;
        long length = -1;
        int opened;

        Request(String text) {
            bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public String charset() {
            return charset;
        }

        @Override
        public InputStream content() {
            opened++;
            return new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] target, int offset, int count) {
                    // One at a time: a part may be cut anywhere.
                    return super.read(target, offset, Math.min(count, 1));
                }

                @Override
                public int read(byte[] target) throws IOException {
                    return read(target, 0, target.length);
                }
            };
        }
    }

    private MultipartParts parts(PartSource request, MultipartLimits limits) {
        return new MultipartParts(request, limits, PartBounds.DEFAULT, folder);
    }

    private MultipartParts parts(String text) {
        return parts(new Request(text), NONE);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static String text(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Part part(MultipartParts parts, String name) throws Exception {
        return parts.parts().stream().filter(p -> p.getName().equals(name)).findFirst().get();
    }

    private static String file(String fields, String content) {
        return "--B\nContent-Disposition: form-data; " + fields + "\n\n" + content + "\n--B--\n";
    }

    @Test
    void partsAreReadOnceInTheirOrder() throws Exception {
        Request request = new Request(FORM);
        try (MultipartParts parts = parts(request, NONE)) {
            assertTrue(parts.isExpected());
            assertEquals(0, request.opened);
            List<Part> all = new ArrayList<>(parts.parts());
            assertEquals(3, all.size());
            assertEquals(all, new ArrayList<>(parts.parts()));
            assertEquals(1, request.opened);
            assertThrows(UnsupportedOperationException.class, () -> parts.parts().clear());
            Part file = all.get(1);
            assertEquals("file", file.getName());
            assertEquals("a.txt", file.getSubmittedFileName());
            assertEquals("text/plain", file.getContentType());
            assertEquals(10, file.getSize());
            assertEquals("0123456789", text(file));
            assertEquals("0123456789", text(file));
            assertEquals(List.of("1", "2"), List.copyOf(file.getHeaders("X-TWO")));
            assertEquals("1", file.getHeader("x-Two"));
            assertNull(file.getHeader("absent"));
            assertEquals(
                    List.of("content-disposition", "content-type", "x-two"),
                    List.copyOf(file.getHeaderNames()));
            Part field = all.get(0);
            assertNull(field.getSubmittedFileName());
            assertNull(field.getContentType());
            assertEquals("gr\u00fcn", text(field));
        }
    }

    @Test
    void fieldsAreParametersAndFilesAreNot() throws Exception {
        MultipartParts parts = parts(FORM);
        assertEquals(
                List.of(Map.entry("title", "gr\u00fcn"), Map.entry("title", "second")),
                parts.fields(StandardCharsets.UTF_8));
        assertEquals(
                Map.entry("title", "gr\u00c3\u00bcn"),
                parts.fields(StandardCharsets.ISO_8859_1).get(0));
        MultipartParts named =
                parts(
                        """
                        --B
                        Content-Disposition: form-data; name="a"
                        Content-Type: text/plain; charset="utf-8"

                        gr\u00fcn
                        --B--
                        """);
        assertEquals(List.of(Map.entry("a", "gr\u00fcn")), named.fields(StandardCharsets.US_ASCII));
    }

    @Test
    void filesAboveTheThresholdAreOnDiskUntilTheEnd() throws Exception {
        MultipartParts inMemory = parts(new Request(FORM), new MultipartLimits("", -1, -1, 10));
        inMemory.parts();
        assertEquals(List.of(), files());

        MultipartParts onDisk = parts(new Request(FORM), new MultipartLimits("", -1, -1, 9));
        Part file = part(onDisk, "file");
        assertEquals(1, files().size());
        assertEquals("0123456789", text(file));
        onDisk.close();
        onDisk.close();
        assertEquals(List.of(), files());
        assertThrows(IOException.class, file::getInputStream);
        assertThrows(IOException.class, () -> file.write("x"));
        assertThrows(IllegalStateException.class, onDisk::parts);
    }

    @Test
    void aWrittenFileIsTheApplications() throws Exception {
        MultipartParts parts = parts(FORM);
        Part file = part(parts, "file");
        file.write("kept.txt");
        assertEquals(List.of(folder.resolve("kept.txt")), files());
        assertEquals("0123456789", text(file));
        file.write("again.txt");
        file.write("again.txt");
        Path absolute = folder.resolve("deeper").resolve("..").resolve("absolute.txt");
        part(parts, "title").write(absolute.toString());
        file.delete();
        assertThrows(IOException.class, file::getInputStream);
        parts.close();
        assertEquals("0123456789", Files.readString(folder.resolve("kept.txt")));
        assertEquals("0123456789", Files.readString(folder.resolve("again.txt")));
        assertEquals("gr\u00fcn", Files.readString(folder.resolve("absolute.txt")));
        assertEquals(3, files().size());
    }

    @Test
    void writingReplacesFilesButNotFolders() throws Exception {
        Files.writeString(folder.resolve("there"), "old and longer than the new");
        Files.createDirectory(folder.resolve("folder"));
        Part file = part(parts(FORM), "file");
        assertThrows(IOException.class, () -> file.write("folder"));
        assertThrows(IOException.class, () -> file.write("no/such/folder"));
        file.write("there");
        assertEquals("0123456789", Files.readString(folder.resolve("there")));
        assertTrue(Files.isDirectory(folder.resolve("folder")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.txt", "a/../../out.txt", "", ".", "..", "nul\0"})
    void aRelativePathStaysInTheLocation(String path) throws Exception {
        MultipartParts parts = parts(new Request(FORM), new MultipartLimits("inner", -1, -1, 0));
        Part file = part(parts, "file");
        assertThrows(IOException.class, () -> file.write(path));
        assertFalse(Files.exists(folder.resolve("out.txt")));
        file.write("in.txt");
        assertTrue(Files.exists(folder.resolve("inner").resolve("in.txt")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`filename=\"C:\\dir\\a.txt\"`, a.txt",
                "`filename=\"../../etc/passwd\"`, passwd",
                "`filename=\"..\"`, ``",
                "`filename=\"\"`, ``",
                "`filename=\"a\\\"b.txt\"`, `a\"b.txt`",
                "`filename=\"a%22b.txt\"`, `a%22b.txt`",
                "`filename=\"a;b.txt\"`, `a;b.txt`",
                "`filename=plain.txt`, plain.txt",
                "`filename=\"gr\u00fcn.txt\"`, gr\u00fcn.txt",
                "`filename*=UTF-8''gr%C3%BCn.txt`, gr\u00fcn.txt",
                "`filename=\"a\0b.txt\"`, ab.txt",
            })
    void theNameOfAFileHasNoPath(String parameter, String expected) throws Exception {
        MultipartParts parts = parts(file("name=\"f\"; " + parameter, "x"));
        assertEquals(expected, part(parts, "f").getSubmittedFileName());
    }

    @Test
    void contentMayLookLikeABoundary() throws Exception {
        String content = "--\n--A\n\n-B--\n--\n";
        MultipartParts parts = parts(file("name=\"f\"; filename=\"x\"", content));
        assertEquals(content.replace("\n", "\r\n"), text(part(parts, "f")));
    }

    @Test
    void aFormWithoutPartsHasNone() throws Exception {
        assertEquals(List.of(), List.copyOf(parts("--B--\n").parts()));
        assertEquals(List.of(), List.copyOf(parts("preamble\n--B--\nepilogue").parts()));
        assertEquals(List.of(), parts("").fields(StandardCharsets.UTF_8));
    }

    @Test
    void otherTypesAndServletsWithoutConfigurationAreRefused() throws Exception {
        for (String type :
                new String[] {null, "text/plain", "multipart/mixed; boundary=B", "multipart"}) {
            Request request = new Request(FORM);
            request.type = type;
            assertThrows(ServletException.class, () -> parts(request, NONE).parts());
            assertFalse(parts(request, NONE).isExpected());
            assertEquals(0, request.opened);
        }
        Request request = new Request(FORM);
        assertFalse(parts(request, null).isExpected());
        assertThrows(IllegalStateException.class, () -> parts(request, null).parts());
        assertEquals(0, request.opened);
        request.type = "MULTIPART/Form-Data;boundary=\"B\"";
        assertEquals(3, parts(request, NONE).parts().size());
    }

    @Test
    void limitsAreExactAndLeaveNoFile() throws Exception {
        int length = FORM.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8).length;
        assertEquals(3, accepted(new MultipartLimits("", 10, length, 0), PartBounds.DEFAULT));
        assertLimit(new MultipartLimits("", 9, -1, 0), PartBounds.DEFAULT);
        assertLimit(new MultipartLimits("", -1, 250, 0), PartBounds.DEFAULT);
        assertEquals(3, accepted(NONE, new PartBounds(3, 4096, 11)));
        assertLimit(NONE, new PartBounds(2, 4096, 11));
        assertLimit(NONE, new PartBounds(3, 100, 11));
        MultipartParts fields =
                new MultipartParts(new Request(FORM), NONE, new PartBounds(3, 4096, 10), folder);
        assertThrows(PartLimitException.class, () -> fields.fields(StandardCharsets.UTF_8));
        fields.close();
        assertEquals(List.of(), files());
    }

    private int accepted(MultipartLimits limits, PartBounds bounds) throws Exception {
        try (MultipartParts parts = new MultipartParts(new Request(FORM), limits, bounds, folder)) {
            parts.fields(StandardCharsets.UTF_8);
            return parts.parts().size();
        }
    }

    private void assertLimit(MultipartLimits limits, PartBounds bounds) throws Exception {
        MultipartParts parts = new MultipartParts(new Request(FORM), limits, bounds, folder);
        PartLimitException thrown = assertThrows(PartLimitException.class, parts::parts);
        assertEquals(413, thrown.status());
        assertSame(thrown, assertThrows(PartLimitException.class, parts::parts));
        assertEquals(List.of(), files());
    }

    @Test
    void aDeclaredLengthAboveTheLimitIsRefusedUnread() throws Exception {
        Request request = new Request(FORM);
        request.length = 1001;
        MultipartParts parts = parts(request, new MultipartLimits("", -1, 1000, 0));
        assertThrows(PartLimitException.class, parts::parts);
        assertEquals(0, request.opened);
    }

    @Test
    void malformedContentIsABadRequest() throws Exception {
        String open = "--B\nContent-Disposition: form-data; name=\"a\"; filename=\"x\"\n\nabc";
        List<String> malformed =
                List.of(
                        open,
                        open + "\n--B",
                        open + "\n--B-",
                        open + "\n--B\nContent-Dis",
                        open + "\n--Bx\n",
                        "no boundary",
                        "--B",
                        "--B\nno end",
                        "--B\nContent-Type: text/plain\n\nno name\n--B--\n",
                        "--B\nContent-Disposition: attachment; name=a\n\nx\n--B--\n");
        for (String text : malformed) {
            MultipartParts parts = parts(text);
            ProtocolException thrown = assertThrows(ProtocolException.class, parts::parts, text);
            assertEquals(400, thrown.status());
            assertSame(thrown, assertThrows(ProtocolException.class, parts::parts));
            assertEquals(List.of(), files());
        }
        for (String parameter : List.of("", "; boundary=", "; boundary=" + "B".repeat(71))) {
            Request request = new Request(FORM);
            request.type = "multipart/form-data" + parameter;
            assertThrows(ProtocolException.class, () -> parts(request, NONE).parts());
        }
    }

    @Test
    void whatReadingTheContentThrowsIsNotMistakenForItsEnd() throws Exception {
        byte[] bytes = FORM.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < bytes.length - 2; cut += 3) {
            int end = cut;
            Request request =
                    new Request("") {
                        @Override
                        public InputStream content() {
                            return new InputStream() {
                                private int position;

                                @Override
                                public int read() throws IOException {
                                    if (position == end) {
                                        throw new IOException("gone");
                                    }
                                    return bytes[position++] & 0xff;
                                }

                                @Override
                                public int read(byte[] target, int offset, int count)
                                        throws IOException {
                                    target[offset] = (byte) read();
                                    return 1;
                                }
                            };
                        }
                    };
            MultipartParts parts = parts(request, NONE);
            IOException thrown = assertThrows(IOException.class, parts::parts, "cut at " + cut);
            assertEquals("gone", thrown.getMessage(), "cut at " + cut);
            assertEquals(List.of(), files());
        }
    }

    @Test
    void namesAreInTheCharsetOfTheRequest() throws Exception {
        Request request = new Request(file("name=\"gr\u00fcn\"", "x"));
        Collection<Part> utf8 = parts(request, NONE).parts();
        assertEquals("gr\u00fcn", utf8.iterator().next().getName());
        request.charset = "ISO-8859-1";
        Collection<Part> latin = parts(request, NONE).parts();
        assertEquals("gr\u00c3\u00bcn", latin.iterator().next().getName());
        request.charset = "no such";
        assertEquals("gr\u00fcn", parts(request, NONE).parts().iterator().next().getName());
    }
}
