package dev.pounce.api;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * The view of a request that a fused handler gets.
 *
 * <p>It is valid during the call only and must not be kept or passed to another thread: what it
 * reads from is reused for the next request. Arguments and results are never null except where a
 * method says so.
 */
public interface FusedRequest {

    /** The method, for instance {@code GET} (RFC 9110 section 9). */
    String method();

    /** The decoded path without the context path; starts with a slash. */
    String path();

    /**
     * The decoded value of a variable of the path template.
     *
     * @throws IllegalArgumentException when the template has no variable of that name
     */
    String pathVariable(String name);

    /** The query without the question mark and as it was sent, or null when there is none. */
    @Nullable String queryString();

    /** The decoded first value of a query parameter, or null. */
    @Nullable String query(String name);

    /** All decoded values of a query parameter, in order; empty when there is none. */
    List<String> queries(String name);

    /**
     * The first value of a header field, whose name is compared without regard to case, or null.
     */
    @Nullable String header(String name);

    /** All values of a header field in order; empty when there is none. */
    List<String> headers(String name);

    /** The request's content, empty when there is none; a copy that the handler may keep. */
    byte[] body();

    /**
     * The trailer fields of chunked content, names in lower case; empty when there are none. Of a
     * handler that is {@code blocking} they are there once {@link #body} was called. Fields that
     * must not be trailers (RFC 9110 section 6.5.1) are left out.
     */
    Map<String, String> trailers();

    /** What the handler adds to the Server-Timing field of its response. */
    ServerTiming serverTiming();
}
