package dev.pounce.servlet.parts;

import jakarta.servlet.http.Part;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part as servlets see it. Used by one thread at a time, until the end of its request. */
public final class BridgePart implements Part {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private final PartHead head;
    private final PartStore store;
    private final Path location;

    /**
     * @param location what relative paths are relative to
     */
    BridgePart(PartHead head, PartStore store, Path location) {
        this.head = head;
        this.store = store;
        this.location = location;
    }

    /** Whether it is a parameter rather than a file (section 3.1.1). */
    boolean isField() {
        return head.fileName() == null;
    }

    /** The content as text, in the charset that the part names, or else in the one given. */
    String text(Charset other) throws IOException {
        try (InputStream in = store.open()) {
            return new String(in.readAllBytes(), charset(other));
        }
    }

    private Charset charset(Charset other) {
        String type = getContentType();
        Matcher named = CHARSET.matcher(type == null ? "" : type);
        return named.find() ? MultipartParts.charset(named.group(1), other) : other;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return store.open();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public String getName() {
        return head.name();
    }

    /** Without a path; null when the part is no file, and empty when the client names none. */
    @Override
    public @Nullable String getSubmittedFileName() {
        return head.fileName();
    }

    @Override
    public long getSize() {
        return store.size();
    }

    /**
     * A relative path must not lead out of the location: it is likely to have come from the client.
     */
    @Override
    public void write(String fileName) throws IOException {
        Path base = location.toAbsolutePath().normalize();
        Path target;
        try {
            Path given = Path.of(fileName);
            target = base.resolve(given).normalize();
            if (!given.isAbsolute() && (target.equals(base) || !target.startsWith(base))) {
                throw new IOException(
                        "a part was to be written to a relative path that is no file in "
                                + base
                                + "; give an absolute path to write elsewhere");
            }
        } catch (InvalidPathException e) {
            throw new IOException("a part was to be written to a name that no file can have", e);
        }
        store.writeTo(target);
    }

    @Override
    public void delete() throws IOException {
        store.delete();
    }

    @Override
    public @Nullable String getHeader(String name) {
        Collection<String> values = getHeaders(name);
        return values.isEmpty() ? null : values.iterator().next();
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return head.fields().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** In lower case. */
    @Override
    public Collection<String> getHeaderNames() {
        return head.fields().keySet();
    }
}
