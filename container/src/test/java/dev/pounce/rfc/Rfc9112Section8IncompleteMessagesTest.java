package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.Response;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Handler;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** RFC 9112 section 8: what is not whole is never taken for whole, in both directions. */
class Rfc9112Section8IncompleteMessagesTest extends WireTest {
    private static final AtomicInteger calls = new AtomicInteger();
    private static volatile CompletableFuture<Throwable> seen = new CompletableFuture<>();

    @BeforeAll
    static void routes() {
        server.fused(
                FusedRoute.text("/count", request -> "call " + calls.incrementAndGet())
                        .methods("GET", "POST"));
        server.handler(
                "/reads",
                exchange -> {
                    try {
                        exchange.body().readAll(1000);
                    } catch (IOException e) {
                        seen.complete(e);
                        throw e;
                    }
                });
        server.handler("/short", declared(10, false));
        server.handler("/short-flushed", declared(10, true));
        server.handler("/field-short", field("10", 5));
        server.handler("/field-long", field("5", 20_000));
        server.handler("/field-long-held", field("5", 10));
        server.handler(
                "/long",
                exchange -> {
                    exchange.response().contentLength(5);
                    write(exchange.response(), "more than 5");
                });
        server.handler(
                "/takes-back",
                exchange -> {
                    exchange.response().contentLength(10);
                    write(exchange.response(), "12345");
                    exchange.response().flush();
                    exchange.response().contentLength(-1);
                });
        server.handler(
                "/declares-late",
                exchange -> {
                    write(exchange.response(), "1234567890");
                    exchange.response().contentLength(5);
                });
    }

    private static Handler declared(long length, boolean flushed) {
        return exchange -> {
            Response response = exchange.response();
            response.contentLength(length);
            write(response, "12345");
            if (flushed) {
                response.flush();
            }
        };
    }

    private static Handler field(String length, int written) {
        return exchange -> {
            exchange.response().fields().set("Content-Length", length);
            write(exchange.response(), "x".repeat(written));
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /count HTTP/1.1\nHost: a\nContent-Length: 5\n\nabc",
                "POST /count HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n0\n",
                "GET /count HTTP/1.1\nHost: a\n",
                "GET /count HTTP/1.1\nHost: a",
                "GET /count HTTP/1.1",
            })
    void aHandlerIsNotCalledForARequestThatEndsEarly(String request) throws Exception {
        int before = calls.get();
        try (RawClient client = server.connect()) {
            client.send(request).shutdownOutput();
            assertFalse(client.readToEnd().contains("call"), request);
        }
        assertEquals(before, calls.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\n\nabc",
                "Transfer-Encoding: chunked\n\n3\nabc\n0\n",
                "Transfer-Encoding: chunked\n\n3\nabc\n",
                "Transfer-Encoding: chunked\n\n5\nabc",
            })
    void aReaderSeesThatContentEndedEarly(String rest) throws Exception {
        seen = new CompletableFuture<>();
        try (RawClient client = server.connect()) {
            client.send("POST /reads HTTP/1.1\nHost: a\n" + rest).shutdownOutput();
            assertEquals(ClientGoneException.class, seen.get(10, TimeUnit.SECONDS).getClass());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/short", "/short-flushed", "/field-short", "/takes-back"})
    void lessThanDeclaredIsVisiblyTruncated(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: a

                    GET /count HTTP/1.1
                    Host: a

                    """
                            .formatted(path));
            assertThrows(
                    IOException.class,
                    () -> {
                        assertTrue(client.readHead().contains("\nContent-Length: 10\n"));
                        client.readBytes(10);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/long", "/field-long", "/field-long-held", "/declares-late"})
    void moreThanDeclaredIsAnErrorOfTheApplication(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: a

                    """
                            .formatted(path));
            assertTrue(client.readHead().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void theBytesBeyondADeclaredLengthNeverLeave() throws Exception {
        server.handler(
                "/overflows",
                exchange -> {
                    Response response = exchange.response();
                    response.contentLength(5);
                    write(response, "12345");
                    response.flush();
                    try {
                        write(response, "HTTP/1.1 200 OK\r\n\r\n");
                    } catch (IllegalStateException e) {
                        return;
                    }
                });
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /overflows HTTP/1.1
                    Host: a

                    GET /fused HTTP/1.1
                    Host: a

                    """);
            assertAnswer("12345", client);
            assertAnswer("GET ", client);
        }
    }
}
