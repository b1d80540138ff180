package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.ProtocolException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Makes a response, or none, out of what a handler threw: the table "Errors" of the architecture.
 */
final class FailureResponder {
    private static final Logger LOG = LoggerFactory.getLogger(FailureResponder.class);

    private FailureResponder() {}

    /** Answers; never throws. */
    static void answer(Exchange exchange, Throwable failure) {
        Throwable cause =
                failure instanceof UncheckedIOException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        try {
            switch (cause) {
                case ClientGoneException gone -> {
                    LOG.debug("the client is gone: {}", gone.getMessage());
                    exchange.response().abort(gone);
                }
                case ProtocolException wrong -> {
                    LOG.debug("{}: {}", wrong.code(), wrong.getMessage());
                    fail(exchange, wrong.status(), wrong.code(), true);
                }
                default -> {
                    LOG.error(
                            "POUNCE_APP_EXCEPTION: {} {} failed",
                            exchange.request().method(),
                            exchange.request().rawPath(),
                            cause);
                    fail(exchange, 500, "POUNCE_APP_EXCEPTION", false);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("no answer after a failure", e);
            exchange.response().abort();
        }
    }

    private static void fail(Exchange exchange, int status, String code, boolean close)
            throws IOException {
        Response response = exchange.response();
        if (response.isCommitted()) {
            response.abort();
            return;
        }
        response.reset();
        if (close) {
            response.close();
        }
        ErrorResponse.send(response, status, code);
    }
}
