package dev.pounce.servlet.dispatch;

import dev.pounce.develop.ErrorPage;
import dev.pounce.exchange.ClientGoneException;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.ReasonPhrases;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.HtmlText;
import dev.pounce.servlet.http.ParameterException;
import dev.pounce.servlet.http.SentError;
import dev.pounce.servlet.parts.PartLimitException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Makes responses out of what went wrong in an application (Servlet specification, 10.9). */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final ErrorPages pages;
    private final ContextDispatchers dispatchers;
    private final DevelopmentPages development;

    Failures(ErrorPages pages, ContextDispatchers dispatchers, DevelopmentPages development) {
        this.pages = pages;
        this.dispatchers = dispatchers;
        this.development = development;
    }

    /**
     * Answers what a servlet or filter threw.
     *
     * @param servletName who was to answer
     * @throws Exception what only the connection's side can deal with: a client that is gone,
     *     content that breaks the protocol, and whatever comes after the commit
     */
    void answer(
            BridgeRequest request, BridgeResponse response, String servletName, Throwable thrown)
            throws Exception {
        throwWhatIsNotOurs(thrown);
        if (response.pipeline().isCommitted()) {
            throwOn(thrown);
        }
        try {
            answerUncommitted(request, response, servletName, thrown);
        } catch (IllegalStateException e) {
            if (response.pipeline().isCommitted() && response.sentError() == null) {
                // another thread of the application has committed it meanwhile
                throwOn(thrown);
            }
            throw e;
        }
    }

    private void answerUncommitted(
            BridgeRequest request, BridgeResponse response, String servletName, Throwable thrown)
            throws IOException {
        switch (thrown) {
            case UnavailableException e when e.isPermanent() ->
                    send(response, 404, "The resource is not available.");
            case UnavailableException e -> {
                response.setIntHeader("Retry-After", e.getUnavailableSeconds());
                send(response, 503, "The resource is not available at the moment.");
            }
            case ParameterException e -> send(response, e.status(), e.getMessage());
            case PartLimitException e -> send(response, e.status(), e.getMessage());
            default -> {
                LOG.error(
                        "{} {} failed in servlet {}",
                        request.getMethod(),
                        request.getRequestURI(),
                        servletName,
                        thrown);
                send(response, 500, null);
                describe(request, response, servletName, thrown);
                return;
            }
        }
        describe(request, response, servletName, null);
    }

    private static void throwWhatIsNotOurs(Throwable thrown) throws IOException {
        for (Throwable each = thrown; each != null; each = next(each)) {
            if (each instanceof ClientGoneException || each instanceof ProtocolException) {
                throw (IOException) each;
            }
        }
    }

    private static @Nullable Throwable next(Throwable thrown) {
        return switch (thrown) {
            case ServletException wrapper -> wrapper.getRootCause();
            case UncheckedIOException wrapper -> wrapper.getCause();
            default -> null;
        };
    }

    private static void throwOn(Throwable thrown) throws Exception {
        switch (thrown) {
            case Exception e -> throw e;
            case Error e -> throw e;
            default -> throw new ServletException(thrown);
        }
    }

    /** An error that was sent before gives way. */
    private static void send(BridgeResponse response, int status, @Nullable String message) {
        if (response.sentError() != null) {
            response.beginErrorPage();
        }
        response.sendError(status, message);
    }

    /**
     * Answers an error that was sent, with its page or with ours.
     *
     * @param thrown what it came from, or null
     */
    void describe(
            BridgeRequest request,
            BridgeResponse response,
            String servletName,
            @Nullable Throwable thrown)
            throws IOException {
        SentError error = response.beginErrorPage();
        String location = thrown == null ? pages.of(error.status()) : pages.of(thrown);
        PathDispatcher page = location == null ? null : dispatchers.dispatcher(location);
        if (page != null && describe(request, response, servletName, error, thrown, page)) {
            return;
        }
        String shown =
                thrown == null
                        ? null
                        : development.of(
                                response.exchange(), error.status() + " " + thrown, thrown);
        if (shown == null) {
            writeOwnPage(response, error);
        } else {
            writeDevelopmentPage(response, error.status(), shown);
        }
    }

    private static void writeDevelopmentPage(BridgeResponse response, int status, String page)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Content-Security-Policy", ErrorPage.CONTENT_SECURITY_POLICY);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().print(page);
    }

    private boolean describe(
            BridgeRequest request,
            BridgeResponse response,
            String servletName,
            SentError error,
            @Nullable Throwable thrown,
            PathDispatcher page)
            throws IOException {
        try {
            attributes(request, servletName, error, thrown).forEach(request::setAttribute);
            page.error(request, response);
        } catch (ClientGoneException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            LOG.error("the error page {} failed", page.requestUri(), e);
            if (response.pipeline().isCommitted()) {
                throw new IOException("the error page failed half-way", e);
            }
            send(response, error.status(), error.message());
        }
        if (response.sentError() == null) {
            return true;
        }
        response.beginErrorPage();
        return false;
    }

    private Map<String, Object> attributes(
            BridgeRequest request,
            String servletName,
            SentError error,
            @Nullable Throwable thrown) {
        Map<String, Object> all = new HashMap<>();
        all.put(RequestDispatcher.ERROR_STATUS_CODE, error.status());
        all.put(RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
        all.put(RequestDispatcher.ERROR_METHOD, request.getMethod());
        all.put(RequestDispatcher.ERROR_SERVLET_NAME, servletName);
        String query = request.getQueryString();
        if (query != null) {
            all.put(RequestDispatcher.ERROR_QUERY_STRING, query);
        }
        String message = error.message();
        if (thrown != null) {
            Throwable shown = pages.described(thrown);
            all.put(RequestDispatcher.ERROR_EXCEPTION, shown);
            all.put(RequestDispatcher.ERROR_EXCEPTION_TYPE, shown.getClass());
            message = shown.getMessage();
        }
        all.put(RequestDispatcher.ERROR_MESSAGE, message == null ? "" : message);
        return all;
    }

    private static void writeOwnPage(BridgeResponse response, SentError error) throws IOException {
        int status = error.status();
        response.setStatus(status);
        if (status == 204 || status == 304) {
            return;
        }
        String title = status + " " + ReasonPhrases.of(status);
        String message = error.message();
        response.setContentType("text/html;charset=utf-8");
        response.getWriter()
                .print(
                        """
                        <!doctype html>
                        <html lang="en">
                        <head><meta charset="utf-8"><title>%1$s</title></head>
                        <body><h1>%1$s</h1>%2$s</body>
                        </html>
                        """
                                .formatted(
                                        title,
                                        message == null
                                                ? ""
                                                : "<p>" + HtmlText.escape(message) + "</p>"));
    }
}
