package dev.pounce.observe;

/** How a request becomes a line. Used by one thread. */
interface LineFormat {

    /**
     * Appends a line, whose only line end is its last byte and which has no byte but of visible
     * ASCII and spaces before it, whatever the client sent.
     *
     * @param receivedMillis when the request was received, in milliseconds since 1970
     */
    void append(RequestRecord request, long receivedMillis, LineBuffer to);
}
