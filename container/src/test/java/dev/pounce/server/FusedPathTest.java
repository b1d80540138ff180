package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.HttpStatusException;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;

class FusedPathTest {
    private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                new TestServer()
                        .fused(FusedRoute.bytes("/hello", request -> HELLO))
                        .fused(
                                FusedRoute.text(
                                        "/hello/{name}",
                                        request -> "Hello, " + request.pathVariable("name")))
                        .fused(FusedRoute.bytes("/echo", request -> request.body()).methods("POST"))
                        .fused(FusedRoute.text("/nothing", request -> null))
                        .fused(
                                FusedRoute.text(
                                        "/gone",
                                        request -> {
                                            throw new HttpStatusException(410, "Gone for good.")
                                                    .with("X-Why", "test");
                                        }))
                        .fused(
                                FusedRoute.text(
                                        "/broken",
                                        request -> {
                                            throw new IllegalStateException("on purpose");
                                        }))
                        .fused(
                                FusedRoute.text(
                                                "/waits",
                                                request -> Thread.currentThread().isVirtual() + "")
                                        .asBlocking());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String exchange(String request, int bodyLength) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(request);
            return client.readHead() + client.read(bodyLength);
        }
    }

    @Test
    void aLiteralPathIsAnsweredWithOneHeadAndBody() throws Exception {
        assertEquals(
                """
                HTTP/1.1 200 OK
                Content-Type: application/octet-stream
                Content-Length: 13

                Hello, World!\
                """,
                exchange(
                        """
                        GET /hello HTTP/1.1
                        Host: localhost

                        """,
                        13));
    }

    @Test
    void aTemplateGivesItsVariablesDecoded() throws Exception {
        assertTrue(
                exchange(
                                """
                                GET /hello/J%C3%B6rg HTTP/1.1
                                Host: localhost

                                """,
                                12)
                        .endsWith("\n\nHello, J\u00c3\u00b6rg"));
    }

    @Test
    void headHasTheFieldsOfGetAndNoContent() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    HEAD /hello HTTP/1.1
                    Host: localhost

                    GET /hello HTTP/1.1
                    Host: localhost
                    Connection: close

                    """);
            String head = client.readHead();
            assertTrue(head.contains("Content-Length: 13\n"), head);
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 OK\n"));
        }
    }

    @Test
    void anotherMethodIs405WithAllow() throws Exception {
        String answer =
                exchange(
                        """
                        DELETE /hello HTTP/1.1
                        Host: localhost

                        """,
                        23);
        assertTrue(answer.startsWith("HTTP/1.1 405 Method Not Allowed\n"), answer);
        assertTrue(answer.contains("Allow: GET, HEAD, OPTIONS\n"), answer);
        assertTrue(answer.contains("Pounce-Error: POUNCE_ROUTE_METHOD\n"), answer);
    }

    @Test
    void optionsIs204WithAllow() throws Exception {
        assertEquals(
                """
                HTTP/1.1 204 No Content
                Allow: OPTIONS, POST

                """,
                exchange(
                        """
                        OPTIONS /echo HTTP/1.1
                        Host: localhost

                        """,
                        0));
    }

    @Test
    void anUnknownPathIs404() throws Exception {
        assertTrue(
                exchange(
                                """
                                GET /nowhere HTTP/1.1
                                Host: localhost

                                """,
                                14)
                        .startsWith("HTTP/1.1 404 Not Found\n"));
    }

    @Test
    void nullIs204() throws Exception {
        assertEquals(
                "HTTP/1.1 204 No Content\n\n",
                exchange(
                        """
                        GET /nothing HTTP/1.1
                        Host: localhost

                        """,
                        0));
    }

    @Test
    void aStatusExceptionCarriesStatusAndFields() throws Exception {
        String answer =
                exchange(
                        """
                        GET /gone HTTP/1.1
                        Host: localhost

                        """,
                        14);
        assertTrue(answer.startsWith("HTTP/1.1 410 Gone\n"), answer);
        assertTrue(answer.contains("X-Why: test\n"), answer);
        assertTrue(answer.endsWith("Gone for good."), answer);
    }

    @Test
    void anotherExceptionIs500AndTheConnectionIsKept() throws Exception {
        try (RawClient client = server.connect()) {
            String request =
                    """
                    GET /broken HTTP/1.1
                    Host: localhost

                    """;
            for (int i = 0; i < 2; i++) {
                client.send(request);
                assertTrue(client.readHead().startsWith("HTTP/1.1 500 Internal Server Error\n"));
                client.read("500 Internal Server Error\n".length());
            }
        }
    }

    @Test
    void aBlockingHandlerRunsOnAVirtualThread() throws Exception {
        assertTrue(
                exchange(
                                """
                                GET /waits HTTP/1.1
                                Host: localhost

                                """,
                                4)
                        .endsWith("true"));
    }

    @Test
    void contentIsCollectedHoweverItIsCut() throws Exception {
        String whole =
                """
                POST /echo HTTP/1.1
                Host: localhost
                Content-Length: 5

                first\
                POST /echo HTTP/1.1
                Host: localhost
                Transfer-Encoding: chunked

                3
                sec
                3;x=y
                ond
                0
                Trailer-Field: x

                GET /hello HTTP/1.1
                Host: localhost
                Connection: close

                """
                        .replace("\n", "\r\n");
        for (int cut = 1; cut < whole.length(); cut++) {
            try (RawClient client = server.connect()) {
                client.sendExactly(whole.substring(0, cut));
                client.sendExactly(whole.substring(cut));
                String answers = client.readToEnd();
                assertEquals(
                        3,
                        answers.split("HTTP/1.1 200 OK\n", -1).length - 1,
                        () -> "cut " + answers);
                assertTrue(answers.contains("\n\nfirstHTTP/1.1"), answers);
                assertTrue(answers.contains("\n\nsecondHTTP/1.1"), answers);
                assertTrue(answers.endsWith("\n\nHello, World!"), answers);
            }
        }
    }

    @Test
    void aClientThatExpects100ContinueIsToldToGoOn() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 2
                    Expect: 100-continue

                    """);
            assertEquals("HTTP/1.1 100 Continue\n\n", client.readHead());
            client.send("ok");
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
            assertEquals("ok", client.read(2));
        }
    }

    @Test
    void contentAboveTheLimitIs413() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 1048577

                    """);
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 413 Content Too Large\n"));
        }
    }

    @Test
    void aRequestAllocatesUnder200Bytes() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worker = server.server().workerThreadIds().get(0);
        byte[] request =
                """
                GET /hello HTTP/1.1
                Host: localhost
                User-Agent: test
                Accept: */*

                """
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = server.connect()) {
            client.sendBytes(request);
            int length = client.readHead().length();
            client.readBytes(13);
            int answer = length + 4 + 13 + "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
            long least = Long.MAX_VALUE;
            int count = 2_000;
            for (int round = 0; round < 5; round++) {
                long before = threads.getThreadAllocatedBytes(worker);
                for (int i = 0; i < count; i++) {
                    client.sendBytes(request);
                    client.readBytes(answer);
                }
                least = Math.min(least, (threads.getThreadAllocatedBytes(worker) - before) / count);
            }
            System.out.println("fused request: " + least + " bytes");
            assertTrue(least < 200, least + " bytes a request");
        }
    }

    @Test
    void methodsOfOnePathMayHaveTheirOwnHandlers() throws Exception {
        server.fused(
                new FusedRoute(
                        dev.pounce.route.PathPattern.ofFused("/hello"),
                        Set.of("PUT"),
                        java.util.Map.of(),
                        false,
                        request -> "put",
                        "put"));
        assertTrue(
                exchange(
                                """
                                PUT /hello HTTP/1.1
                                Host: localhost

                                """,
                                3)
                        .endsWith("\n\nput"));
    }

    @Test
    void contentThatTheHandlerDoesNotReadKeepsTheConnection() throws Exception {
        server.fused(FusedRoute.text("/ignores", request -> "ok").methods("POST"));
        try (RawClient client = server.connect()) {
            String request =
                    """
                    POST /ignores HTTP/1.1
                    Host: localhost
                    Content-Length: 6

                    unread\
                    """;
            client.send(request);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
            assertEquals("ok", client.read(2));
            client.send(request);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
        }
    }
}
