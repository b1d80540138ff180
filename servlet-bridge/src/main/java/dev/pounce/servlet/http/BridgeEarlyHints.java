package dev.pounce.servlet.http;

import dev.pounce.api.EarlyHints;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.ResponseFields;

import java.io.IOException;

/** Hints before a servlet's response. */
record BridgeEarlyHints(Response response) implements EarlyHints {
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
        if (!response.isCommitted()) {
            response.informational(EARLY_HINTS, fields);
        }
    }
}
