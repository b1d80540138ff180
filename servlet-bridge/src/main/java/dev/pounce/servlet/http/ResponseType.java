package dev.pounce.servlet.http;

import dev.pounce.exchange.Response;
import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * Content type, charset and locale of a response, which depend on each other (Servlet
 * specification, section 5.6): a charset that was set, or came with a type, beats a locale's, which
 * beats the default.
 */
final class ResponseType {
    private static final String CONTENT_TYPE = "Content-Type";

    private final Response response;
    private final ResponseServices services;
    private @Nullable String type;
    private @Nullable String charset;
    private @Nullable String localeCharset;
    private @Nullable Locale locale;
    private boolean fixed;

    ResponseType(Response response, ResponseServices services) {
        this.response = response;
        this.services = services;
    }

    /** Sets the type; its charset counts unless a writer is in use. */
    void type(@Nullable String value) {
        if (value == null) {
            type = null;
            if (!fixed) {
                charset = null;
                localeCharset = null;
            }
        } else {
            ResponseFields.check(CONTENT_TYPE, value);
            ContentType parsed = ContentType.parse(value);
            type = parsed.type();
            if (parsed.charset() != null && !fixed) {
                charset = parsed.charset();
            }
        }
        writeField();
    }

    /** Sets the charset, or forgets it, a locale's too; nothing while a writer is in use. */
    void charset(@Nullable String name) {
        if (name != null && !Tokens.isToken(name)) {
            throw new IllegalArgumentException("the name of a charset must be a token: " + name);
        }
        if (!fixed) {
            charset = name;
            if (name == null) {
                localeCharset = null;
            }
            writeField();
        }
    }

    /** Sets the locale, and its charset unless one was set or a writer is in use. */
    void locale(@Nullable Locale value) {
        locale = value;
        if (value == null) {
            response.fields().remove("Content-Language");
        } else {
            response.fields().set("Content-Language", value.toLanguageTag());
        }
        if (!fixed) {
            localeCharset = value == null ? null : services.charsetOf(value);
            writeField();
        }
    }

    Locale locale() {
        return locale == null ? Locale.getDefault() : locale;
    }

    /** The field's value, or null when no type is set. */
    @Nullable String value() {
        String explicit = explicitCharset();
        return type == null || explicit == null ? type : new ContentType(type, explicit).toString();
    }

    private @Nullable String explicitCharset() {
        return charset != null ? charset : localeCharset;
    }

    /** The charset's name; ISO-8859-1 when nothing says otherwise. */
    String charset() {
        String explicit = explicitCharset();
        if (explicit != null) {
            return explicit;
        }
        String configured = services.defaultCharset();
        return configured != null ? configured : "ISO-8859-1";
    }

    /**
     * Settles the charset for a writer, and names it in the type.
     *
     * @throws UnsupportedEncodingException when the platform does not know it
     */
    Charset fix() throws UnsupportedEncodingException {
        String name = charset();
        Charset found;
        try {
            found = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException("unknown charset: " + name);
        }
        charset = name;
        fixed = true;
        writeField();
        return found;
    }

    private void writeField() {
        String value = value();
        if (value == null) {
            response.fields().remove(CONTENT_TYPE);
        } else {
            response.fields().set(CONTENT_TYPE, value);
        }
    }

    /** Forgets everything, so that another writer can begin. */
    void clear() {
        reset();
        writeField();
        response.fields().remove("Content-Language");
    }

    /** Forgets everything, when the fields are gone already. */
    void reset() {
        type = null;
        charset = null;
        localeCharset = null;
        locale = null;
        fixed = false;
    }
}
