package dev.pounce.files;

import dev.pounce.exchange.Exchange;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;

import java.io.IOException;

/**
 * Answers exchanges with static files. Reads files, so it may wait. Thread-safe.
 *
 * @param contextPath what is taken off the path to get a file's name
 * @param files the files
 * @param pace what was learned of the requests so far
 */
public record FileHandler(String contextPath, StaticFiles files, Pace pace) implements Handler {

    /** Of which nothing was learned yet. */
    public FileHandler(String contextPath, StaticFiles files) {
        this(contextPath, files, new Pace());
    }

    @Override
    public Execution execution(String method) {
        return Execution.LEARNED;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        files.serve(ExchangeFile.of(exchange, contextPath));
        exchange.response().finish();
    }
}
