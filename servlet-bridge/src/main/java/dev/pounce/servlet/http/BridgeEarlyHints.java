package dev.pounce.servlet.http;

import dev.pounce.api.EarlyHints;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.ResponseFields;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * Hints before a servlet's response.
 *
 * @param pipeline the response; throws once the request has ended
 */
record BridgeEarlyHints(Supplier<Response> pipeline) implements EarlyHints {
    private static final int EARLY_HINTS = 103;

    @Override
    public void send(String... links) throws IOException {
        if (links.length == 0) {
            throw new IllegalArgumentException("early hints need a link");
        }
        ResponseFields fields = new ResponseFields();
        for (String link : links) {
            fields.add("Link", link);
        }
        Response response = pipeline.get();
        if (!response.isCommitted()) {
            response.informational(EARLY_HINTS, fields);
        }
    }
}
