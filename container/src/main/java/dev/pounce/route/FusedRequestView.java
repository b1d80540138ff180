package dev.pounce.route;

import dev.pounce.api.FusedRequest;
import dev.pounce.api.ServerTiming;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What a fused handler sees of an exchange; reused with it, so that a call makes no garbage. */
final class FusedRequestView implements FusedRequest {
    private @Nullable Exchange exchange;
    private @Nullable FusedRoute route;
    private String contextPath = "";
    private byte @Nullable [] body;

    FusedRequestView of(Exchange current, String context, FusedRoute of) {
        exchange = current;
        contextPath = context;
        route = of;
        body = null;
        return this;
    }

    /** Holds nothing of a webapp any more, which may be undeployed before the next call. */
    void clear() {
        exchange = null;
        route = null;
        body = null;
    }

    private Exchange exchange() {
        return java.util.Objects.requireNonNull(exchange);
    }

    @Override
    public String method() {
        return exchange().request().method();
    }

    @Override
    public String path() {
        try {
            return exchange().path().substring(contextPath.length());
        } catch (ProtocolException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String pathVariable(String name) {
        if (route != null && route.pattern() instanceof PathPattern.Template template) {
            return template.variable(path(), name);
        }
        throw new IllegalArgumentException("the path has no variable " + name);
    }

    @Override
    public @Nullable String queryString() {
        return exchange().request().rawQuery();
    }

    @Override
    public @Nullable String query(String name) {
        List<String> values = queries(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> queries(String name) {
        return QueryValues.of(queryString(), name);
    }

    @Override
    public @Nullable String header(String name) {
        return exchange().request().field(name);
    }

    @Override
    public List<String> headers(String name) {
        return exchange().request().fields(name);
    }

    @Override
    public Map<String, String> trailers() {
        return exchange().body().trailers();
    }

    @Override
    public ServerTiming serverTiming() {
        return exchange().timing();
    }

    @Override
    public byte[] body() {
        byte[] content = body;
        if (content == null) {
            try {
                content = exchange().body().readAll(exchange().limits().maxCollected());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            body = content;
        }
        return content;
    }
}
