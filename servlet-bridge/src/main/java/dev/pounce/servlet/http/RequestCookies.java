package dev.pounce.servlet.http;

import dev.pounce.exchange.Exchange;

import jakarta.servlet.http.Cookie;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The cookies of one request, read once for all who ask. Used by one thread at a time. */
public final class RequestCookies {
    private final Exchange exchange;
    private @Nullable List<Cookie> read;

    /** Nothing is read yet. */
    public RequestCookies(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The request is over: whoever asks for the first time finds none. */
    void detach() {
        if (read == null) {
            read = List.of();
        }
    }

    /** The cookies in the order in which they were sent; the same objects each time. */
    List<Cookie> all() {
        List<Cookie> all = read;
        if (all == null) {
            all = CookieReader.read(exchange.request().fields("Cookie"));
            read = all;
        }
        return all;
    }
}
