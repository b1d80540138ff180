package dev.pounce.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method as a fused handler: it is called on the worker that read the request and
 * its result is sent with one gathering write, without a servlet layer in between.
 *
 * <p>The method returns {@code byte[]} or {@link String} (sent as UTF-8) and takes no argument or
 * one {@link FusedRequest}. Its class has a public constructor without arguments; one instance
 * serves the webapp and is called by all workers at once, so it must be thread-safe. An instance
 * that is {@link AutoCloseable} is closed when the webapp is undeployed. A {@code null} result is
 * answered with 204 (RFC 9110 section 15.3.5).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fused {

    /**
     * Path below the context path: a literal such as {@code /hello}, which counts as an exact
     * match, or a template such as {@code /hello/{name}}, whose variables each match one non-empty
     * segment.
     */
    String value();

    /** Methods that are answered; HEAD comes with GET and OPTIONS is always answered. */
    String[] methods() default {"GET"};

    /**
     * The Content-Type; empty means {@code text/plain; charset=utf-8} for a String, {@code
     * application/octet-stream} for bytes.
     */
    String contentType() default "";

    /** Further response fields, each as {@code "Name: value"}. */
    String[] fields() default {};

    /** True for a handler that waits for something: it is called on a virtual thread instead. */
    boolean blocking() default false;
}
