package dev.pounce.route;

import dev.pounce.api.HttpStatusException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/** The fused handlers of one path; answers HEAD, OPTIONS and unknown methods for them. */
final class FusedResource implements Handler {

    private record Method(String name, FusedRoute route, String[] fields) {}

    private final String contextPath;
    private final Method[] methods;
    private final String allow;
    private final int maxBody;

    FusedResource(String contextPath, List<FusedRoute> routes, int maxBody) {
        this.contextPath = contextPath;
        this.maxBody = maxBody;
        TreeSet<String> allowed = new TreeSet<>();
        java.util.ArrayList<Method> all = new java.util.ArrayList<>();
        for (FusedRoute route : routes) {
            for (String name : route.methods()) {
                if (!allowed.add(name)) {
                    throw new IllegalArgumentException(
                            "the same path and method twice: "
                                    + name
                                    + " of "
                                    + routes.get(0).name()
                                    + " and "
                                    + route.name());
                }
                all.add(new Method(name, route, flat(route)));
            }
        }
        methods = all.toArray(Method[]::new);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        allow = String.join(", ", allowed);
    }

    private static String[] flat(FusedRoute route) {
        return route.fields().entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
    }

    private @Nullable Method method(String name) {
        for (Method method : methods) {
            if (method.name.equals(name)) {
                return method;
            }
        }
        return name.equals("HEAD") ? method("GET") : null;
    }

    @Override
    public Execution execution(String name) {
        Method method = method(name);
        return method != null && method.route.blocking()
                ? Execution.VIRTUAL_THREAD
                : Execution.IN_PLACE;
    }

    @Override
    public void handle(Exchange exchange) throws Exception {
        Method method = method(exchange.request().method());
        if (method == null) {
            answerOtherMethod(exchange);
            return;
        }
        Object result;
        try {
            FusedRequestView view = exchange.view(FusedRequestView::new);
            result =
                    method.route
                            .handler()
                            .handle(view.of(exchange, contextPath, method.route, maxBody));
        } catch (HttpStatusException e) {
            answerStatus(exchange.response(), e);
            return;
        }
        Response response = exchange.response();
        String[] fields = method.fields;
        for (int i = 0; i < fields.length; i += 2) {
            response.fields().addChecked(fields[i], fields[i + 1]);
        }
        switch (result) {
            case null -> {
                response.status(204);
                response.fields().remove("Content-Type");
                response.finish();
            }
            case byte[] bytes -> response.finish(bytes);
            case String text -> response.finish(text.getBytes(StandardCharsets.UTF_8));
            default ->
                    throw new IllegalStateException(
                            method.route.name()
                                    + " returned "
                                    + result.getClass().getName()
                                    + "; a fused handler returns byte[] or String");
        }
    }

    private void answerOtherMethod(Exchange exchange) throws java.io.IOException {
        Response response = exchange.response();
        response.fields().add("Allow", allow);
        if (exchange.request().method().equals("OPTIONS")) {
            response.status(204);
            response.finish();
        } else {
            ErrorResponse.send(response, 405, "POUNCE_ROUTE_METHOD");
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
