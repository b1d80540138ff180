package dev.pounce.route;

import dev.pounce.api.HttpStatusException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The fused handlers of one path; answers HEAD, OPTIONS and unknown methods for them. */
final class FusedResource implements Handler {

    private final String contextPath;
    private final FusedMethods methods;
    private final String route;

    FusedResource(String contextPath, FusedMethods methods) {
        this.contextPath = contextPath;
        this.methods = methods;
        this.route = contextPath + methods.pattern().text();
    }

    @Override
    public Execution execution(String name) {
        FusedMethods.Method method = methods.find(name);
        return method != null && method.route().blocking()
                ? Execution.VIRTUAL_THREAD
                : Execution.IN_PLACE;
    }

    @Override
    public void handle(Exchange exchange) throws Exception {
        exchange.route(route);
        FusedMethods.Method method = methods.find(exchange.request().method());
        if (method == null) {
            answerOtherMethod(exchange);
            return;
        }
        Object result;
        try {
            result = call(method.route(), exchange);
        } catch (HttpStatusException e) {
            answerStatus(exchange.response(), e);
            return;
        }
        Response response = exchange.response();
        String[] fields = method.fields();
        for (int i = 0; i < fields.length; i += 2) {
            response.fields().addChecked(fields[i], fields[i + 1]);
        }
        // no switch: the JVM's archives of classes cannot have the code that one of patterns makes
        if (result instanceof byte[] bytes) {
            response.finish(bytes);
        } else if (result instanceof String text) {
            response.finish(text.getBytes(StandardCharsets.UTF_8));
        } else if (result == null) {
            response.status(204);
            response.fields().remove("Content-Type");
            response.finish();
        } else {
            throw method.wrongResult(result);
        }
    }

    private @Nullable Object call(FusedRoute route, Exchange exchange) throws Exception {
        FusedRequestView view = exchange.view(FusedRequestView::new);
        exchange.enter();
        try {
            return route.handler().handle(view.of(exchange, contextPath, route));
        } finally {
            exchange.leave();
            view.clear();
        }
    }

    private void answerOtherMethod(Exchange exchange) throws java.io.IOException {
        Response response = exchange.response();
        response.fields().add("Allow", methods.allow());
        if (exchange.request().method().equals("OPTIONS")) {
            response.status(204);
            response.finish();
        } else if (exchange.request().isStandardMethod()) {
            ErrorResponse.send(response, 405, "POUNCE_ROUTE_METHOD");
        } else {
            ErrorResponse.send(response, 501, "POUNCE_ROUTE_METHOD_UNKNOWN");
        }
    }

    private static void answerStatus(Response response, HttpStatusException e)
            throws java.io.IOException {
        response.status(e.status());
        response.fields().add("Content-Type", "text/plain; charset=utf-8");
        e.fields().forEach(response.fields()::set);
        String message = e.getMessage();
        byte[] content = (message == null ? "" : message).getBytes(StandardCharsets.UTF_8);
        response.finish(content);
    }
}
