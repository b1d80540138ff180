package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * How users prove who they are (Servlet specification, section 13.6).
 *
 * @param method the way
 * @param realm the realm that a client is asked for, or null
 * @param loginPage the path of the form's page, or null where there is no form
 * @param errorPage the path of the page for who could not log in, or null where there is no form
 */
public record LoginConfig(
        Method method,
        @Nullable String realm,
        @Nullable String loginPage,
        @Nullable String errorPage) {

    /** The ways that the specification names. */
    public enum Method {
        /** There is none; an application may still call {@code login}. */
        NONE,
        /** RFC 7617. */
        BASIC,
        /** RFC 7616. */
        DIGEST,
        /** A form of the application. */
        FORM,
        /** The certificate of a TLS client. */
        CLIENT_CERT
    }

    /**
     * The path of the form's page.
     *
     * @throws NullPointerException when there is no form
     */
    public String form() {
        return Objects.requireNonNull(loginPage);
    }

    /**
     * The path of the page for who could not log in.
     *
     * @throws NullPointerException when there is no form
     */
    public String error() {
        return Objects.requireNonNull(errorPage);
    }
}
