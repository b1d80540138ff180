package dev.pounce.servlet.parts;

import dev.pounce.protocol.ProtocolException;

import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads multipart/form-data (RFC 7578). The only class that knows the library that does it; where
 * parts are stored is not the library's topic.
 */
final class MultipartReader {

    /** Takes one part after the other. */
    @FunctionalInterface
    interface PartConsumer {
        /**
         * @param content the part's, to be read before the method returns
         */
        void accept(PartHead head, InputStream content) throws IOException;
    }

    private static final byte[] LINE_END = {'\r', '\n'};

    /** RFC 2046 section 5.1.1. */
    private static final int MOST_BOUNDARY_BYTES = 70;

    private final Upload upload = new Upload();
    private final PartContent content;
    private final String contentType;
    private final Charset charset;
    private final int maxHeadBytes;

    /**
     * @param contentType the request's, which names the boundary
     * @param charset the charset of the parts' fields
     * @param maxHeadBytes bytes that the fields of one part may have
     */
    MultipartReader(PartContent content, String contentType, Charset charset, int maxHeadBytes) {
        this.content = content;
        this.contentType = contentType;
        this.charset = charset;
        this.maxHeadBytes = maxHeadBytes;
    }

    /**
     * Reads all parts. What follows the last one is left unread.
     *
     * @throws ProtocolException with status 400 when the content is no multipart/form-data, and
     *     what the content throws
     * @throws PartLimitException when the fields of a part are too long, and what the consumer
     *     throws
     */
    void read(PartConsumer consumer) throws IOException {
        try {
            readAll(consumer);
        } catch (PartLimitException e) {
            throw e;
        } catch (FileUploadSizeException e) {
            throw new PartLimitException(
                    "the fields of a part are longer than " + maxHeadBytes + " bytes");
        } catch (FileUploadException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException e) {
            content.checkFailure();
            throw malformed(e);
        }
    }

    private void readAll(PartConsumer consumer) throws IOException {
        if (content.isEmpty()) {
            return;
        }
        MultipartInput input =
                MultipartInput.builder()
                        // With a line end in front the first boundary is like any other. The
                        // library's own way over what precedes it takes an error for the end.
                        .setInputStream(
                                new SequenceInputStream(
                                        new ByteArrayInputStream(LINE_END), content))
                        .setBoundary(boundary())
                        .setMaxPartHeaderSize(maxHeadBytes)
                        .get();
        input.setHeaderCharset(charset);
        input.discardBodyData();
        while (input.readBoundary()) {
            PartHead head = head(upload.getParsedHeaders(input.readHeaders()));
            InputStream part = input.newInputStream();
            consumer.accept(head, part);
            // Not in a finally clause: it reads what the consumer left, however much that is.
            part.close();
        }
    }

    private byte[] boundary() throws ProtocolException {
        byte[] boundary = upload.getBoundary(contentType);
        if (boundary == null || boundary.length == 0 || boundary.length > MOST_BOUNDARY_BYTES) {
            throw malformed(null);
        }
        return boundary;
    }

    private static ProtocolException malformed(@Nullable Exception cause) {
        ProtocolException malformed =
                new ProtocolException(
                        400,
                        "POUNCE_PARSE_MULTIPART",
                        "the content is no multipart/form-data (RFC 7578)");
        malformed.initCause(cause);
        return malformed;
    }

    private PartHead head(FileItemHeaders headers) throws ProtocolException {
        String name = upload.getFieldName(headers);
        if (name == null) {
            throw malformed(null);
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        headers.getHeaderNames()
                .forEachRemaining(
                        each -> {
                            List<String> values = new ArrayList<>();
                            headers.getHeaders(each).forEachRemaining(values::add);
                            fields.put(each, List.copyOf(values));
                        });
        String fileName = upload.getFileName(headers);
        return new PartHead(
                unquoted(name),
                fileName == null ? null : PartHead.safeFileName(unquoted(fileName)),
                fields);
    }

    /** The library leaves a quoted quote quoted; browsers send %22, others send this. */
    private static String unquoted(String parameter) {
        return parameter.replace("\\\"", "\"");
    }

    /** The library's parser of fields, which its entrance brings along. */
    private static final class Upload
            extends AbstractFileUpload<Void, DiskFileItem, DiskFileItemFactory> {
        @Override
        public FileItemInputIterator getItemIterator(Void request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Void request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DiskFileItem> parseRequest(Void request) {
            throw new UnsupportedOperationException();
        }
    }
}
