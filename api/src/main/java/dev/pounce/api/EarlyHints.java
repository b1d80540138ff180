package dev.pounce.api;

import java.io.IOException;

/**
 * Tells a client what it will need before its response is there: interim responses with status 103
 * (RFC 8297), so that it fetches style sheets and scripts while a servlet still works.
 *
 * <p>A servlet gets it as an attribute of its request:
 *
 * <pre>{@code
 * EarlyHints hints = (EarlyHints) request.getAttribute(EarlyHints.ATTRIBUTE);
 * hints.send("</style.css>; rel=preload; as=style");
 * }</pre>
 *
 * <p>It belongs to one request and is used as its response is: by one thread at a time, until the
 * request's end. Clients of HTTP/1.0 are sent nothing.
 */
public interface EarlyHints {

    /** The name of the attribute of a servlet's request that has this object. */
    String ATTRIBUTE = "dev.pounce.api.EarlyHints";

    /**
     * Sends an interim response at once, with a Link field for each link. May be called several
     * times; does nothing once the response is committed. The response itself has only those Link
     * fields that the application gives it.
     *
     * @param links values of Link fields (RFC 8288 section 3), at least one
     * @throws IllegalArgumentException when there is none, or one has characters that no field may
     *     have
     * @throws IOException when the client is gone
     */
    void send(String... links) throws IOException;
}
