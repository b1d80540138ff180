package dev.pounce.servlet.context;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Map;

/** The charsets of an application where its requests and responses name none. */
final class ContextCharsets {
    private final LocaleCharsets locales = new LocaleCharsets();
    private @Nullable String request;
    private @Nullable String response;

    /** That of requests, or null. */
    @Nullable String request() {
        return request;
    }

    /**
     * Sets that of requests.
     *
     * @throws IllegalArgumentException when there is no such charset
     */
    void request(@Nullable String charset) {
        request = checked(charset);
    }

    /** That of responses, or null. */
    @Nullable String response() {
        return response;
    }

    /**
     * Sets that of responses.
     *
     * @throws IllegalArgumentException when there is no such charset
     */
    void response(@Nullable String charset) {
        response = checked(charset);
    }

    /** Adds charsets by locale; those that are there stay. */
    void add(Map<String, String> byLocale) {
        locales.add(byLocale);
    }

    /** That for a locale, or null when it has none of its own. */
    @Nullable String of(Locale locale) {
        return locales.of(locale, response);
    }

    private static @Nullable String checked(@Nullable String charset) {
        try {
            if (charset != null && !Charset.isSupported(charset)) {
                throw new IllegalArgumentException("unknown charset: " + charset);
            }
            return charset;
        } catch (IllegalCharsetNameException e) {
            throw new IllegalArgumentException("no name of a charset: " + charset, e);
        }
    }
}
