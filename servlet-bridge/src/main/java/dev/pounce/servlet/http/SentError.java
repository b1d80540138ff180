package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

/**
 * An error that a servlet sent, for the error page that answers it.
 *
 * @param status the status
 * @param message what the servlet said of it, or null; not to be written unescaped
 */
public record SentError(int status, @Nullable String message) {}
