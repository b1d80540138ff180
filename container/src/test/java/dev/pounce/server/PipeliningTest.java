package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** More pipelined requests than a worker answers in one turn, which is 16. */
class PipeliningTest {
    private static final int REQUESTS = 200;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                new TestServer()
                        .fused(FusedRoute.text("/hello", request -> "hello"))
                        .fused(
                                FusedRoute.bytes("/echo", request -> request.body())
                                        .methods("POST"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @RepeatedTest(5)
    void theEndOfTheRequestsIsNotTheEndOfTheAnswers() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /hello HTTP/1.1
                    Host: localhost

                    """
                            .repeat(REQUESTS));
            client.shutdownOutput();
            assertEquals(REQUESTS, answers(client.readToEnd()));
        }
    }

    /** What comes while earlier requests wait for their turn has to wait as well. */
    @RepeatedTest(5)
    void requestsThatComeFasterThanTheyAreAnsweredAreAllAnswered() throws Exception {
        String request =
                """
                POST /echo HTTP/1.1
                Host: localhost
                Content-Length: 1000

                """
                        + "x".repeat(1000);
        try (RawClient client = server.connect()) {
            CompletableFuture<Integer> answers =
                    CompletableFuture.supplyAsync(
                            () -> readAnswers(client), Thread::startVirtualThread);
            client.send(request.repeat(10 * REQUESTS));
            client.shutdownOutput();
            assertEquals(10 * REQUESTS, answers.get());
        }
    }

    private static int readAnswers(RawClient client) {
        try {
            return answers(client.readToEnd());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int answers(String all) {
        return all.split("HTTP/1.1 200 OK\n", -1).length - 1;
    }
}
