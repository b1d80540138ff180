package dev.pounce.api;

import java.time.Duration;

/**
 * What an application adds to the Server-Timing field of one response (W3C Server Timing). What is
 * added before the response is committed is sent in its head, what is added later in its trailer,
 * where there is one: the response is chunked and the client sent {@code TE: trailers}.
 *
 * <p>A fused handler gets it from its {@link FusedRequest}, a servlet as an attribute of its
 * request:
 *
 * <pre>{@code
 * ServerTiming timing = (ServerTiming) request.getAttribute(ServerTiming.ATTRIBUTE);
 * timing.add("db", Duration.ofNanos(System.nanoTime() - begin));
 * }</pre>
 *
 * <p>It belongs to one request and must not be used after its end. Until then it is thread-safe. At
 * most {@value #MOST_METRICS} metrics and {@value #MOST_CHARACTERS} characters are sent of one
 * response; what is beyond them is dropped. A name must be a token (RFC 9110 section 5.6.2), such
 * as {@code db} or {@code cache-read}; this is checked whether metrics are sent or not. A
 * description may have any characters; those that are not printable ASCII are sent as {@code ?}.
 */
public interface ServerTiming {

    /** The name of the attribute of a servlet's request that has this object. */
    String ATTRIBUTE = "dev.pounce.api.ServerTiming";

    /** How many metrics are sent of one response at most. */
    int MOST_METRICS = 32;

    /** How many characters the metrics of one response have at most, punctuation included. */
    int MOST_CHARACTERS = 2048;

    /**
     * Whether the client is told: {@code server_timing} is on for this request. Where it is not,
     * what is added is forgotten, and need not be measured.
     */
    boolean isSent();

    /**
     * Adds how long something took.
     *
     * @param took sent in milliseconds with microseconds; less than nothing counts as 0
     * @throws IllegalArgumentException when the name is no token
     */
    void add(String name, Duration took);

    /**
     * Adds how long something took, and says for people what that was.
     *
     * @param took sent in milliseconds with microseconds; less than nothing counts as 0
     * @throws IllegalArgumentException when the name is no token
     */
    void add(String name, Duration took, String description);

    /**
     * Adds something that has no duration, such as {@code add("cache", "hit")}.
     *
     * @throws IllegalArgumentException when the name is no token
     */
    void add(String name, String description);
}
