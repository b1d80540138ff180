package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.FormLimits;
import dev.pounce.servlet.http.RequestPaths;
import dev.pounce.servlet.http.RequestTopics;
import dev.pounce.servlet.http.ResponseServices;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What belongs to one request: its two façades and what they delegate to. */
final class RequestScope implements AutoCloseable, ResponseServices {
    private final WebContext context;
    private final BridgeRequest request;
    private final BridgeResponse response;

    RequestScope(Exchange exchange, WebContext context, RequestPaths paths, FormLimits limits) {
        this.context = context;
        RequestTopics none = RequestTopics.none();
        RequestTopics topics =
                new RequestTopics(
                        none.sessions(),
                        none.async(),
                        none.parts(),
                        none.security(),
                        new RequestAttributeTeller(context));
        request = new BridgeRequest(exchange, context, paths, topics, limits);
        response = new BridgeResponse(exchange, this);
    }

    BridgeRequest request() {
        return request;
    }

    BridgeResponse response() {
        return response;
    }

    @Override
    public @Nullable String charsetOf(Locale locale) {
        return context.charsetOf(locale);
    }

    @Override
    public @Nullable String defaultCharset() {
        return context.getResponseCharacterEncoding();
    }

    @Override
    public String encodeUrl(String url) {
        return url;
    }

    @Override
    public void close() {}
}
