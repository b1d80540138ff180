package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class BridgeRequestTest {

    /** Asks a request something, on the server, and returns the answers. */
    private interface Question {
        List<Object> ask(BridgeRequest request) throws Exception;
    }

    private interface Client {
        String call(ServletServer server) throws Exception;
    }

    private static List<Object> answers(Question question, Client client) throws Exception {
        LinkedBlockingQueue<List<Object>> answers = new LinkedBlockingQueue<>();
        try (ServletServer server =
                new ServletServer((request, response) -> answers.add(question.ask(request)))) {
            String response = client.call(server);
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
            return answers.poll(5, TimeUnit.SECONDS);
        }
    }

    private static List<Object> list(Object... values) {
        List<Object> list = new ArrayList<>();
        Collections.addAll(list, values);
        return list;
    }

    /** Tries something that is to fail and says how. */
    private static String failure(java.util.concurrent.Callable<?> attempt) {
        try {
            return "no failure: " + attempt.call();
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    @Test
    void theTargetIsDivided() throws Exception {
        assertEquals(
                list(
                        "/app",
                        "/s",
                        "/a b",
                        "/app/s/a%20b;x=1",
                        "q=1",
                        "http://h:81/app/s/a%20b;x=1",
                        "http",
                        "h",
                        81),
                answers(
                        r ->
                                list(
                                        r.getContextPath(),
                                        r.getServletPath(),
                                        r.getPathInfo(),
                                        r.getRequestURI(),
                                        r.getQueryString(),
                                        r.getRequestURL().toString(),
                                        r.getScheme(),
                                        r.getServerName(),
                                        r.getServerPort()),
                        server -> server.get("/app/s/a%20b;x=1?q=1")));
    }

    @Test
    void fieldsAreReadByName() throws Exception {
        String head =
                """
                GET /app/s HTTP/1.1
                Host: [::1]:8080
                Connection: close
                X-Int: 7
                x-many: a
                X-Many: b
                If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT
                Cookie: a=1; b=2
                Accept-Language: fr
                """;
        assertEquals(
                list(
                        "7",
                        7,
                        -1,
                        List.of("a", "b"),
                        784111777000L,
                        2,
                        "fr",
                        null,
                        "[::1]",
                        8080,
                        -1),
                answers(
                        r ->
                                list(
                                        r.getHeader("x-int"),
                                        r.getIntHeader("X-Int"),
                                        r.getIntHeader("none"),
                                        Collections.list(r.getHeaders("X-Many")),
                                        r.getDateHeader("If-Modified-Since"),
                                        ((Cookie[]) r.getCookies()).length,
                                        r.getLocale().toString(),
                                        r.getPathInfo(),
                                        r.getServerName(),
                                        r.getServerPort(),
                                        r.getContentLength()),
                        server -> server.send(head, "")));
    }

    @Test
    void aFormFollowsTheQuery() throws Exception {
        assertEquals(
                list(List.of("1", "2"), "\u00e9", -1),
                answers(
                        r ->
                                list(
                                        List.of(r.getParameterValues("a")),
                                        r.getParameter("b"),
                                        r.getInputStream().read()),
                        server ->
                                server.post(
                                        "/app/s?a=1",
                                        "application/x-www-form-urlencoded",
                                        "a=2&b=%C3%A9")));
    }

    @Test
    void aFormHasTheCharsetThatWasSet() throws Exception {
        assertEquals(
                list("\u00e9"),
                answers(
                        r -> {
                            r.setCharacterEncoding("ISO-8859-1");
                            return list(r.getParameter("b"));
                        },
                        server ->
                                server.post(
                                        "/app/s", "application/x-www-form-urlencoded", "b=%E9")));
    }

    @Test
    void aFormThatTheServletReadsItselfIsNoParameter() throws Exception {
        assertEquals(
                list("a=2", List.of("q")),
                answers(
                        r -> {
                            String body =
                                    new String(
                                            r.getInputStream().readAllBytes(),
                                            StandardCharsets.US_ASCII);
                            return list(body, List.copyOf(r.getParameterMap().keySet()));
                        },
                        server ->
                                server.post(
                                        "/app/s?q=1", "application/x-www-form-urlencoded", "a=2")));
    }

    @Test
    void formsAreLimitedInSizeAndNumber() throws Exception {
        Question status =
                r -> {
                    try {
                        return list(r.getParameter("a"));
                    } catch (ParameterException e) {
                        return list(e.status());
                    }
                };
        String type = "application/x-www-form-urlencoded";
        assertEquals(
                list(413), answers(status, s -> s.post("/app/s", type, "a=" + "x".repeat(63))));
        assertEquals(list(413), answers(status, s -> s.post("/app/s?1&2", type, "3&4&5")));
        assertEquals(list("x"), answers(status, s -> s.post("/app/s?1&2", type, "a=x")));
    }

    @Test
    void aReaderDecodesAndExcludesTheStream() throws Exception {
        assertEquals(
                list(
                        "\u00e9",
                        "IllegalStateException: getReader() was called for this request already"),
                answers(
                        r -> list(r.getReader().readLine(), failure(r::getInputStream)),
                        server ->
                                server.post(
                                        "/app/s", "text/plain; charset=utf-8", "\u00c3\u00a9")));
    }

    @Test
    void anUnknownCharsetIsNamed() throws Exception {
        assertEquals(
                list("x-nope", "UnsupportedEncodingException: unknown charset: x-nope"),
                answers(
                        r -> list(r.getCharacterEncoding(), failure(r::getReader)),
                        server -> server.post("/app/s", "text/plain; charset=x-nope", "a")));
    }

    @Test
    void trailersAreThereOnceTheContentWasRead() throws Exception {
        String head =
                """
                POST /app/s HTTP/1.1
                Host: h
                Connection: close
                Transfer-Encoding: chunked
                """;
        assertEquals(
                list(5, true, "{my-trailer=x}"),
                answers(
                        r ->
                                list(
                                        r.getInputStream().readAllBytes().length,
                                        r.isTrailerFieldsReady(),
                                        r.getTrailerFields().toString()),
                        server -> server.send(head, "5\r\nhello\r\n0\r\nMy-Trailer: x\r\n\r\n")));
    }

    @Test
    void whatNobodyProvidesIsSaid() throws Exception {
        assertEquals(
                list(
                        null,
                        "IllegalStateException: session tracking is not supported by this build",
                        false,
                        "IllegalStateException: the servlet, or a filter before it, does not"
                            + " support asynchronous processing: declare it with asyncSupported",
                        "IllegalStateException: multipart/form-data is not supported by this build",
                        null),
                answers(
                        r ->
                                list(
                                        r.getSession(false),
                                        failure(r::getSession),
                                        r.isAsyncSupported(),
                                        failure(r::startAsync),
                                        failure(r::getParts),
                                        r.getRemoteUser()),
                        server -> server.get("/app/s")));
    }
}
