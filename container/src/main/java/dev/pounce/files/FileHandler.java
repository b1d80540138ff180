package dev.pounce.files;

import dev.pounce.exchange.Exchange;
import dev.pounce.route.Handler;

import java.io.IOException;

/**
 * Answers exchanges with static files. Reads files, so it runs on virtual threads. Thread-safe.
 *
 * @param contextPath what is taken off the path to get a file's name
 * @param files the files
 */
public record FileHandler(String contextPath, StaticFiles files) implements Handler {

    @Override
    public void handle(Exchange exchange) throws IOException {
        files.serve(ExchangeFile.of(exchange, contextPath));
        exchange.response().finish();
    }
}
