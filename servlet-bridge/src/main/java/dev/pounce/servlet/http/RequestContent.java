package dev.pounce.servlet.http;

import dev.pounce.exchange.RequestBody;
import dev.pounce.protocol.ProtocolException;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/**
 * The content of a request, which is read in one way only: as bytes, as characters or as a form
 * (Servlet specification, sections 3.1 and 3.12).
 */
final class RequestContent {
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Who reads the content. */
    private enum Use {
        NONE,
        STREAM,
        READER,
        FORM
    }

    private final RequestBody body;
    private final String method;
    private final @Nullable String contentType;
    private final PartAccess parts;
    private final FormLimits limits;
    private final BridgeInputStream stream;
    private @Nullable String charset;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;
    private byte @Nullable [] form;
    private Use use = Use.NONE;

    /**
     * @param defaultCharset the application's charset for requests that name none, or null
     */
    RequestContent(
            RequestBody body,
            String method,
            @Nullable String contentType,
            @Nullable String defaultCharset,
            PartAccess parts,
            ListenerAccess listeners,
            FormLimits limits) {
        this.body = body;
        this.method = method;
        this.contentType = contentType;
        this.parts = parts;
        this.limits = limits;
        stream = new BridgeInputStream(body, listeners);
        String named = contentType == null ? null : ContentType.parse(contentType).charset();
        charset = named != null ? named : defaultCharset;
    }

    /** The charset's name, or null when nobody named one. */
    @Nullable String charset() {
        return charset;
    }

    /**
     * Sets the charset; nothing once a reader or the parameters were asked for.
     *
     * @throws UnsupportedEncodingException when the platform does not know it
     */
    void charset(String name) throws UnsupportedEncodingException {
        if (reader == null && parameters == null) {
            find(name);
            charset = name;
        }
    }

    private static Charset find(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException("unknown charset: " + name);
        }
    }

    ServletInputStream stream() {
        if (use == Use.READER) {
            throw new IllegalStateException("getReader() was called for this request already");
        }
        if (use == Use.NONE) {
            use = Use.STREAM;
        }
        return stream;
    }

    /** The listener is not called any more. */
    void endListening() {
        stream.endListening();
    }

    /** Nothing is read any more. */
    void detach() {
        stream.detach();
    }

    /** The bytes for whoever reads them as parts; nobody else can read them then. */
    ServletInputStream rawStream() {
        if (use == Use.NONE) {
            use = Use.FORM;
        }
        return stream;
    }

    BufferedReader reader() throws UnsupportedEncodingException {
        if (use == Use.STREAM) {
            throw new IllegalStateException("getInputStream() was called for this request already");
        }
        BufferedReader current = reader;
        if (current == null) {
            String name = charset;
            Charset found = name == null ? StandardCharsets.ISO_8859_1 : find(name);
            current = new BufferedReader(new InputStreamReader(stream, found));
            reader = current;
            use = Use.READER;
        }
        return current;
    }

    /**
     * The parameters of the query and, if the content is a form that nobody else reads, of it.
     *
     * @throws ParameterException when they cannot be read
     */
    Map<String, String[]> parameters(@Nullable String query) {
        Map<String, String[]> current = parameters;
        if (current == null) {
            Parameters read = new Parameters(limits.maxParameters());
            if (query != null) {
                read.addQuery(query, StandardCharsets.UTF_8);
            }
            if (use == Use.NONE && isForm()) {
                use = Use.FORM;
                read.add(form(), formCharset());
            } else if ((use == Use.NONE || use == Use.FORM) && parts.isExpected()) {
                use = Use.FORM;
                addParts(read);
            }
            current = read.toMap();
            parameters = current;
        }
        return current;
    }

    /**
     * Parameters with those of another query before them (Servlet specification, section 9.1.1).
     *
     * @throws ParameterException when the query cannot be read
     */
    Map<String, String[]> withQuery(String query, Map<String, String[]> own) {
        Parameters merged = new Parameters(limits.maxParameters());
        merged.addQuery(query, StandardCharsets.UTF_8);
        own.forEach(merged::append);
        return merged.toMap();
    }

    private void addParts(Parameters read) {
        try {
            for (Map.Entry<String, String> field : parts.fields(formCharset())) {
                read.add(field.getKey(), field.getValue());
            }
        } catch (ProtocolException e) {
            throw new ParameterException(e.status(), "the parts were refused: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException("parts were expected", e);
        }
    }

    private boolean isForm() {
        return method.equals("POST")
                && contentType != null
                && ContentType.parse(contentType).mediaType().equals(FORM);
    }

    private Charset formCharset() {
        String name = charset;
        try {
            return name == null ? StandardCharsets.UTF_8 : find(name);
        } catch (UnsupportedEncodingException e) {
            throw new ParameterException(400, "the form has a charset that is not known");
        }
    }

    /** All of it, whoever has read it as a form; whoever reads it next finds it as it was. */
    byte[] peek(int max) throws IOException {
        byte[] known = form;
        if (known == null) {
            known = body.readAll(max);
            body.replace(known);
        } else if (known.length > max) {
            throw new ProtocolException(
                    413, "POUNCE_LIMIT_BODY", "the content is longer than " + max + " bytes");
        }
        return known;
    }

    private byte[] form() {
        try {
            byte[] read = body.readAll(limits.maxBytes());
            form = read;
            return read;
        } catch (ProtocolException e) {
            throw new ParameterException(e.status(), "the form was refused: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
