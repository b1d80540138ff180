package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.IncludedResponse;

import jakarta.servlet.ServletResponse;

import java.io.IOException;

/** What a forward does to the response before and after (Servlet specification, section 9.4). */
final class Forwarding {
    private Forwarding() {}

    /**
     * Drops what was written before.
     *
     * @throws IllegalStateException when the response is committed
     */
    static void prepare(ServletResponse response) {
        if (response.isCommitted()) {
            throw new IllegalStateException(
                    "a request cannot be forwarded after its response was committed");
        }
        response.resetBuffer();
    }

    /** Ends the response, unless it is an error that an error page has still to describe. */
    static void complete(ServletResponse response, BridgeResponse original) throws IOException {
        if (original.sentError() != null) {
            return;
        }
        if (response instanceof BridgeResponse || response instanceof IncludedResponse) {
            original.finish();
            return;
        }
        try {
            response.getWriter().close();
        } catch (IllegalStateException e) {
            response.getOutputStream().close();
        }
    }
}
