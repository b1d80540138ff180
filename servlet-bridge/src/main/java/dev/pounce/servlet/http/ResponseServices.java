package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.concurrent.Future;

/** What a response asks of the application that it belongs to. */
public interface ResponseServices {

    /** The charset that the application uses for a locale, or null when it names none. */
    @Nullable String charsetOf(Locale locale);

    /** The charset of responses that say nothing of it, or null for ISO-8859-1. */
    @Nullable String defaultCharset();

    /** Puts the session's id into a URL where the session is tracked so. */
    String encodeUrl(String url);

    /** Whether the location of a redirect is sent as the application gives it. */
    boolean sendsRelativeRedirects();

    /** The response has lost its fields; those that do not belong to its content may come back. */
    void wasReset();

    /** Where the response's listener is called. */
    ListenerAccess listeners();

    /**
     * Calls back once, unless it is cancelled before, on a thread that must not wait.
     *
     * @param millis how long from now
     */
    Future<?> after(long millis, Runnable callback);
}
