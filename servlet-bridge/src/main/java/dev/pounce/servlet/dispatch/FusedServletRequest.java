package dev.pounce.servlet.dispatch;

import dev.pounce.api.FusedRequest;
import dev.pounce.api.HttpStatusException;
import dev.pounce.api.ServerTiming;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.PathPattern;
import dev.pounce.route.QueryValues;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a fused handler behind filters sees of a servlet's request. */
final class FusedServletRequest implements FusedRequest {
    private final HttpServletRequest request;
    private final FusedRoute route;
    private final int maxBody;
    private byte @Nullable [] body;

    FusedServletRequest(HttpServletRequest request, FusedRoute route, int maxBody) {
        this.request = request;
        this.route = route;
        this.maxBody = maxBody;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    /** Where the handler is included, the path that leads to it. */
    @Override
    public String path() {
        return TargetPath.of(request);
    }

    @Override
    public String pathVariable(String name) {
        if (route.pattern() instanceof PathPattern.Template template) {
            return template.variable(path(), name);
        }
        throw new IllegalArgumentException("the path has no variable " + name);
    }

    @Override
    public @Nullable String queryString() {
        Object included = request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING);
        return included == null ? request.getQueryString() : included.toString();
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
        return request.getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public byte[] body() {
        byte[] content = body;
        if (content == null) {
            content = read();
            body = content;
        }
        return content;
    }

    @Override
    public Map<String, String> trailers() {
        return request.isTrailerFieldsReady() ? request.getTrailerFields() : Map.of();
    }

    @Override
    public ServerTiming serverTiming() {
        return (ServerTiming) Objects.requireNonNull(request.getAttribute(ServerTiming.ATTRIBUTE));
    }

    private byte[] read() {
        try {
            InputStream in = request.getInputStream();
            byte[] content = in.readNBytes(maxBody);
            if (content.length == maxBody && in.read() >= 0) {
                throw new HttpStatusException(
                        413, "The content is longer than " + maxBody + " bytes.");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
