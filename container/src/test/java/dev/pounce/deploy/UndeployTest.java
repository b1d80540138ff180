package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A webapp is closed after its last request, and not later than it must be. */
@Timeout(60)
class UndeployTest {
    private static final String OPEN = "200 open";
    private static final String GONE = "404 404 Not Found\n";

    @TempDir Path temp;
    private HttpServer server;
    private WebAppDeployer deployer;
    private Path app;

    @BeforeEach
    void compile() throws IOException {
        app =
                new TestWebApp(temp.resolve("app"))
                        .compile(
                                """
                                public class App implements AutoCloseable {
                                    private volatile boolean closed;

                                    @Fused("/instant")
                                    public String instant() { return state(); }

                                    @Fused(value = "/collected", methods = "POST")
                                    public String collected(FusedRequest request) {
                                        return state();
                                    }

                                    @Fused(value = "/waiting", methods = "POST", blocking = true)
                                    public String waiting(FusedRequest request) {
                                        request.body();
                                        return state();
                                    }

                                    private String state() {
                                        for (int i = 0; i < 1000; i++) { Thread.onSpinWait(); }
                                        return closed ? "closed" : "open";
                                    }

                                    @Override
                                    public void close() { closed = true; }
                                }
                                """)
                        .root();
    }

    private void start(String undeployTimeout) throws IOException {
        server =
                new HttpServer(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(2)
                                .with("timeouts.undeploy", undeployTimeout));
        server.start();
        deployer = new WebAppDeployer(server, temp.resolve("work"), getClass().getClassLoader());
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop();
        deployer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/collected", "/app/waiting"})
    void aRequestWhoseContentIsStillOnItsWayIsWaitedFor(String path) throws Exception {
        start("30s");
        deployer.deploy(app, AppName.of("/app"));
        try (RawClient client = new RawClient(server.port());
                RawClient other = new RawClient(server.port())) {
            beginUpload(client, path);
            Thread undeploying = Thread.ofPlatform().start(() -> deployer.undeploy("/app"));
            untilGone(other);
            assertTrue(Files.exists(temp.resolve("work/@app-1")));

            client.sendExactly("hello");

            assertEquals(OPEN, answer(client));
            undeploying.join();
            assertFalse(Files.exists(temp.resolve("work/@app-1")));
        }
    }

    @Test
    void aClientThatGoesAwayIsNotWaitedFor() throws Exception {
        start("30s");
        deployer.deploy(app, AppName.of("/app"));
        Thread undeploying = new Thread(() -> deployer.undeploy("/app"));
        try (RawClient collected = new RawClient(server.port());
                RawClient waiting = new RawClient(server.port());
                RawClient other = new RawClient(server.port())) {
            beginUpload(collected, "/app/collected");
            beginUpload(waiting, "/app/waiting");
            undeploying.start();
            untilGone(other);
        }
        assertTrue(undeploying.join(Duration.ofSeconds(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/collected", "/app/waiting"})
    void aRequestThatDoesNotEndIsWaitedForUntilTheTimeout(String path) throws Exception {
        start("50ms");
        deployer.deploy(app, AppName.of("/app"));
        try (RawClient client = new RawClient(server.port())) {
            beginUpload(client, path);
            assertTrue(deployer.undeploy("/app"));
            assertFalse(Files.exists(temp.resolve("work/@app-1")));
            // cut off, and not answered by what is closed
            assertThrows(IOException.class, () -> client.sendExactly("hello").readHead());
        }
    }

    @Test
    void theSamePathCanBeDeployedAgainWhenTheWebAppBeforeHasEnded() throws Exception {
        start("30s");
        deployer.deploy(app, AppName.of("/app"));
        try (RawClient client = new RawClient(server.port());
                RawClient other = new RawClient(server.port())) {
            beginUpload(client, "/app/waiting");
            Thread undeploying = Thread.ofPlatform().start(() -> deployer.undeploy("/app"));
            untilGone(other);
            deployer.deploy(app, AppName.of("/another"));
            Thread deploying = Thread.ofPlatform().start(this::deploy);
            client.sendExactly("hello");
            assertEquals(OPEN, answer(client));
            undeploying.join();
            deploying.join();
            get(other, "/app/instant");
            assertEquals(OPEN, answer(other));
        }
    }

    private void deploy() {
        try {
            deployer.deploy(app, AppName.of("/app"));
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noRequestMeetsAClosedWebApp() throws Exception {
        start("30s");
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        AtomicInteger open = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            deployer.deploy(app, AppName.of("/app"));
            CountDownLatch busy = new CountDownLatch(100);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int kind = i % 3;
                clients.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            String last = ask(kind, open, busy);
                                            if (!last.equals(GONE)) {
                                                wrong.add(last);
                                            }
                                        }));
            }
            assertTrue(busy.await(30, TimeUnit.SECONDS), wrong::toString);
            assertTrue(deployer.undeploy("/app"));
            for (Thread client : clients) {
                client.join();
            }
            assertEquals(List.of(), List.copyOf(wrong));
        }
        assertTrue(open.get() >= 20 * 100);
    }

    /** Asks until the answer is another one than that of the open webapp; returns that. */
    private String ask(int kind, AtomicInteger open, CountDownLatch busy) {
        try (RawClient client = new RawClient(server.port())) {
            while (true) {
                if (kind == 0) {
                    get(client, "/app/instant");
                } else {
                    upload(client, kind == 1 ? "/app/collected" : "/app/waiting");
                }
                String answer = answer(client);
                if (!answer.equals(OPEN)) {
                    return answer;
                }
                open.incrementAndGet();
                busy.countDown();
            }
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void get(RawClient client, String path) throws IOException {
        client.send(
                """
                GET %s HTTP/1.1
                Host: localhost

                """
                        .formatted(path));
    }

    private static void upload(RawClient client, String path) throws IOException {
        client.send(
                """
                POST %s HTTP/1.1
                Host: localhost
                Content-Length: 5

                hel\
                """
                        .formatted(path));
        client.sendExactly("lo");
    }

    /** Returns when the request was dispatched and waits for its content. */
    private static void beginUpload(RawClient client, String path) throws IOException {
        client.send(
                """
                POST %s HTTP/1.1
                Host: localhost
                Content-Length: 5
                Expect: 100-continue

                """
                        .formatted(path));
        assertEquals("HTTP/1.1 100 Continue\n\n", client.readHead());
    }

    /** Asks until the webapp has no routes any more. */
    private static void untilGone(RawClient client) throws IOException {
        String answer;
        do {
            get(client, "/app/instant");
            answer = answer(client);
        } while (answer.equals(OPEN));
        assertEquals(GONE, answer);
    }

    /** Status and content. */
    private static String answer(RawClient client) throws IOException {
        String head = client.readHead();
        String length = head.replaceFirst("(?s).*Content-Length: (\\d+)\n.*", "$1");
        return head.substring(9, 12) + " " + client.read(Integer.parseInt(length));
    }
}
