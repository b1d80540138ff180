package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

/**
 * Who describes an error (Servlet specification, section 10.9.2).
 *
 * @param status the status, or 0 when the page is not for a status
 * @param exceptionType the exception's class, or null when the page is not for exceptions
 * @param location the path of the page within the application
 */
public record ErrorPage(int status, @Nullable String exceptionType, String location) {

    /** Whether the page is for every error that no other page is for. */
    public boolean isDefault() {
        return status == 0 && exceptionType == null;
    }
}
