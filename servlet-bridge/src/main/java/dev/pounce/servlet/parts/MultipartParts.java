package dev.pounce.servlet.parts;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.servlet.http.PartAccess;
import dev.pounce.servlet.model.MultipartLimits;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of one request, which are read when they are asked for first. Used by one thread at a
 * time; to be closed at the end of the request.
 */
public final class MultipartParts implements PartAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartParts.class);
    private static final String FORM_DATA = "multipart/form-data";

    /** Values of fields are wanted in memory anyway; a file for each would only cost. */
    private static final int FIELD_THRESHOLD = 4096;

    private final PartSource source;
    private final @Nullable MultipartLimits limits;
    private final PartBounds bounds;
    private final Path folder;
    private final List<BridgePart> parts = new ArrayList<>();

    /** How far the request is. */
    private enum Phase {
        UNREAD,
        READ,
        FAILED,
        CLOSED
    }

    private Phase phase = Phase.UNREAD;
    private @Nullable Exception failure;

    /**
     * @param limits what the servlet takes, or null when it is not configured for parts
     * @param folder the application's folder for temporary files
     */
    public MultipartParts(
            PartSource source, @Nullable MultipartLimits limits, PartBounds bounds, Path folder) {
        this.source = source;
        this.limits = limits;
        this.bounds = bounds;
        this.folder = folder;
    }

    /**
     * All parts in the order in which they were sent.
     *
     * @throws ServletException when the content is of another type
     * @throws IllegalStateException when the servlet is not configured for parts, or a limit is
     *     passed ({@link PartLimitException})
     * @throws ProtocolException with status 400 when the content is malformed
     * @throws IOException when the content cannot be read or stored
     */
    @Override
    public Collection<Part> parts() throws IOException, ServletException {
        read();
        return Collections.unmodifiableList(parts);
    }

    /**
     * Whether the request is one that has parts and may be asked for them; nothing is read for
     * that.
     */
    @Override
    public boolean isExpected() {
        return limits != null && isFormData(source.contentType());
    }

    /**
     * The parts that are parameters, in the order in which they were sent; throws what {@link
     * #parts} throws.
     *
     * @param charset that of parts that name none
     */
    @Override
    public List<Map.Entry<String, String>> fields(Charset charset)
            throws IOException, ServletException {
        read();
        long bytes = 0;
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (BridgePart part : parts) {
            if (part.isField()) {
                bytes += part.getSize();
                if (bytes > bounds.maxFieldBytes()) {
                    throw new PartLimitException(
                            "the parts that are parameters have together more than "
                                    + bounds.maxFieldBytes()
                                    + " bytes");
                }
                fields.add(Map.entry(part.getName(), part.text(charset)));
            }
        }
        return fields;
    }

    private void read() throws IOException, ServletException {
        switch (phase) {
            case READ -> {}
            case FAILED -> throwAgain();
            case CLOSED ->
                    throw new IllegalStateException(
                            "the parts were asked for after the end of the request");
            case UNREAD -> readNow();
        }
    }

    private void readNow() throws IOException, ServletException {
        String type = source.contentType();
        if (type == null || !isFormData(type)) {
            throw new ServletException(
                    "parts were asked for, but the request is no " + FORM_DATA + ": " + type);
        }
        if (limits == null) {
            throw new IllegalStateException(
                    "parts were asked for, but the servlet has neither @MultipartConfig nor a"
                            + " <multipart-config>");
        }
        try {
            readParts(type, limits);
            phase = Phase.READ;
        } catch (IOException | IllegalStateException e) {
            failure = e;
            phase = Phase.FAILED;
            deleteAll();
            throw e;
        }
    }

    private void throwAgain() throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
    }

    private void readParts(String type, MultipartLimits servlet) throws IOException {
        long maxBytes = servlet.maxRequestSize();
        if (maxBytes >= 0 && source.contentLength() > maxBytes) {
            throw PartContent.tooLong(maxBytes);
        }
        Path location = folder.resolve(servlet.location());
        PartContent content = new PartContent(source.content(), maxBytes);
        Charset charset = charset(source.charset(), StandardCharsets.UTF_8);
        new MultipartReader(content, type, charset, bounds.maxHeadBytes())
                .read((head, in) -> store(head, in, servlet, location));
    }

    private void store(PartHead head, InputStream in, MultipartLimits servlet, Path location)
            throws IOException {
        if (parts.size() == bounds.maxParts()) {
            throw new PartLimitException(
                    "the request has more than " + bounds.maxParts() + " parts");
        }
        int threshold = servlet.fileSizeThreshold();
        if (head.fileName() == null) {
            threshold = Math.max(threshold, FIELD_THRESHOLD);
        }
        PartStore store = new PartStore(location, threshold);
        // First it is known: a part that cannot be stored completely is deleted too.
        parts.add(new BridgePart(head, store, location));
        store.fill(in, servlet.maxFileSize());
    }

    private static boolean isFormData(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int semicolon = type.indexOf(';');
        String alone = semicolon < 0 ? type : type.substring(0, semicolon);
        return alone.strip().toLowerCase(Locale.ROOT).equals(FORM_DATA);
    }

    /** The charset of that name, or the other one when there is no such name. */
    static Charset charset(@Nullable String name, Charset other) {
        try {
            return name == null ? other : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return other;
        }
    }

    /** Deletes what was stored, except for what the application had written to files of its own. */
    @Override
    public void close() {
        phase = Phase.CLOSED;
        deleteAll();
    }

    private void deleteAll() {
        for (BridgePart part : parts) {
            try {
                part.delete();
            } catch (IOException e) {
                LOG.warn("the temporary file of a part could not be deleted", e);
            }
        }
        parts.clear();
    }
}
