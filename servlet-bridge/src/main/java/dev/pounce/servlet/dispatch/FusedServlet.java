package dev.pounce.servlet.dispatch;

import dev.pounce.api.HttpStatusException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.FusedMethods;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * The fused handlers of one path behind the filters and listeners that cover it: what a client sees
 * is what it sees of them in front.
 */
final class FusedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient FusedMethods methods;
    private final transient IntSupplier maxBody;

    /**
     * @param maxBody bytes of content that are collected, asked for each request
     */
    FusedServlet(FusedMethods methods, IntSupplier maxBody) {
        this.methods = methods;
        this.maxBody = maxBody;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        FusedMethods.Method method = methods.find(request.getMethod());
        if (method == null) {
            response.setHeader("Allow", methods.allow());
            if (request.getMethod().equals("OPTIONS")) {
                response.setStatus(204);
            } else {
                response.sendError(RequestHead.isStandardMethod(request.getMethod()) ? 405 : 501);
            }
            return;
        }
        Object result;
        try {
            result = call(method, request);
        } catch (HttpStatusException e) {
            answer(response, e);
            return;
        }
        answer(response, method, result);
    }

    private @org.jspecify.annotations.Nullable Object call(
            FusedMethods.Method method, HttpServletRequest request) throws IOException {
        try {
            return method.route()
                    .handler()
                    .handle(new FusedServletRequest(request, method.route(), maxBody.getAsInt()));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(method.route().name() + " failed", e);
        }
    }

    private static void answer(HttpServletResponse response, HttpStatusException e)
            throws IOException {
        response.setStatus(e.status());
        response.setContentType("text/plain; charset=utf-8");
        e.fields().forEach(response::setHeader);
        String message = e.getMessage();
        response.getOutputStream()
                .write((message == null ? "" : message).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(
            HttpServletResponse response,
            FusedMethods.Method method,
            @org.jspecify.annotations.Nullable Object result)
            throws IOException {
        String[] fields = method.fields();
        for (int i = 0; i < fields.length; i += 2) {
            boolean typeOfNothing = result == null && fields[i].equalsIgnoreCase("Content-Type");
            if (!typeOfNothing) {
                response.setHeader(fields[i], fields[i + 1]);
            }
        }
        switch (result) {
            case null -> response.setStatus(204);
            case byte[] bytes -> response.getOutputStream().write(bytes);
            case String text ->
                    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            default -> throw method.wrongResult(result);
        }
    }
}
