package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.Await;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A webapp is replaced by another version of itself. */
@Timeout(60)
class RedeployTest {
    private static final AppName SHOP = AppName.of("/shop");

    @TempDir Path temp;
    private HttpServer server;
    private WebAppDeployer deployer;

    private void start(String... settings) throws IOException {
        ServerConfig config =
                ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1);
        for (int i = 0; i < settings.length; i += 2) {
            config = config.with(settings[i], settings[i + 1]);
        }
        server = new HttpServer(config);
        server.start();
        deployer = new WebAppDeployer(server, temp.resolve("work"), getClass().getClassLoader());
    }

    @AfterEach
    void stop() throws Exception {
        Files.writeString(temp.resolve("go"), "");
        server.stop();
        deployer.close();
    }

    /** Says its name; can be made to start slowly, or not at all. */
    private Path app(String name, String constructor) throws IOException {
        return new TestWebApp(temp.resolve(name))
                .compile(
                        """
                        import java.nio.file.*;
                        public class App implements AutoCloseable {
                            public App() throws Exception { CONSTRUCTOR }
                            @Fused("/name")
                            public String name() { return "NAME"; }
                            @Fused(value = "/echo", methods = "POST")
                            public byte[] echo(FusedRequest request) { return request.body(); }
                            @Fused(value = "/wait", methods = "POST", blocking = true)
                            public String waiting(FusedRequest request) {
                                return "NAME" + request.body().length;
                            }
                            @Override
                            public void close() throws Exception {
                                Files.writeString(Path.of("FOLDER/closed-NAME"), "");
                            }
                            static void await(String file) throws Exception {
                                while (!Files.exists(Path.of("FOLDER", file))) {
                                    Thread.sleep(1);
                                }
                            }
                        }
                        """
                                .replace("CONSTRUCTOR", constructor)
                                .replace("NAME", name)
                                .replace("FOLDER", temp.toString()))
                .root();
    }

    private String get(String path) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET " + path + " HTTP/1.1\nHost: h\nConnection: close\n\n");
            String answer = client.readToEnd();
            return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    private String states() {
        return deployer.status().stream()
                .map(each -> each.name().version() + each.state())
                .toList()
                .toString();
    }

    @Test
    void theNewVersionServesWhileTheOldOneEndsWithItsLastRequest() throws Exception {
        start();
        deployer.deploy(app("one", ""), SHOP);
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    """
                    POST /shop/wait HTTP/1.1
                    Host: h
                    Content-Length: 5
                    Expect: 100-continue

                    """);
            client.readHead();

            deployer.replace(app("two", ""), SHOP);

            assertEquals("200 two", get("/shop/name"));
            assertEquals("[RUNNING, RETIRING]", states());
            assertEquals(1, deployer.status().get(1).requests());
            assertFalse(Files.exists(temp.resolve("closed-one")));
            client.sendExactly("hello");
            client.readHead();
            assertEquals("one5", client.read(4));
        }
        Await.until(() -> states().equals("[RUNNING]"));
        assertTrue(Files.exists(temp.resolve("closed-one")));
    }

    @Test
    void aNewVersionThatDoesNotStartLeavesTheOldOneServingAndSaysWhy() throws Exception {
        start();
        deployer.deploy(app("one", ""), SHOP);
        Path broken = app("two", "throw new IllegalStateException(\"no database\");");
        try (CapturedLog log = new CapturedLog()) {
            assertThrows(DeploymentException.class, () -> deployer.replace(broken, SHOP));
            List<String> lines = log.lines("is not deployed");
            assertEquals(1, lines.size());
            assertTrue(lines.getFirst().contains("no database"), lines::toString);
            assertTrue(
                    lines.getFirst().endsWith("; /shop/ is served as it was before"),
                    lines::toString);
        }

        assertEquals("200 one", get("/shop/name"));
        assertEquals("[RUNNING, FAILED]", states());
        AppStatus failed = deployer.status().get(1);
        assertTrue(String.valueOf(failed.reason()).contains("no database"), failed::toString);
        assertEquals(broken, failed.origin());

        deployer.replace(app("three", ""), SHOP);
        assertEquals("200 three", get("/shop/name"));
        Await.until(() -> states().equals("[RUNNING]"));
    }

    @Test
    void requestsWaitWhileTheApplicationRestarts() throws Exception {
        start("redeploy", "restart");
        deployer.deploy(app("one", ""), SHOP);
        Path slow = app("two", "await(\"closed-one\"); await(\"go\");");
        CompletableFuture<Void> replaced = async(() -> deployer.replace(slow, SHOP));
        Await.until(() -> Files.exists(temp.resolve("closed-one")));
        Await.until(() -> states().equals("[STARTING]"));
        try (RawClient one = new RawClient(server.port());
                RawClient two = new RawClient(server.port())) {
            one.send("GET /shop/name HTTP/1.1\nHost: h\nConnection: close\n\n");
            two.send(
                    "POST /shop/echo HTTP/1.1\nHost: h\nContent-Length: 5\n"
                            + "Connection: close\n\nhello");
            Await.until(() -> deployer.status().getFirst().requests() == 2);

            Files.writeString(temp.resolve("go"), "");

            assertTrue(one.readToEnd().endsWith("\n\ntwo"));
            assertTrue(two.readToEnd().endsWith("\n\nhello"));
        }
        replaced.join();
        assertEquals("200 two", get("/shop/name"));
        assertEquals("404 404 Not Found\n", get("/shop/none"));
    }

    @Test
    void aRequestThatWaitsTooLongForARestartIsRefused() throws Exception {
        start("redeploy", "restart", "deployment.restart_wait", "10ms");
        deployer.deploy(app("one", ""), SHOP);
        Path slow = app("two", "await(\"go\");");
        CompletableFuture<Void> replaced = async(() -> deployer.replace(slow, SHOP));
        Await.until(() -> states().equals("[STARTING]"));

        assertEquals("503 503 Service Unavailable\n", get("/shop/name"));

        Files.writeString(temp.resolve("go"), "");
        replaced.join();
        assertEquals("200 two", get("/shop/name"));
    }

    @Test
    void aRestartThatFailsIsAnsweredWith503UntilItIsMended() throws Exception {
        start("redeploy", "restart");
        deployer.deploy(app("one", ""), SHOP);
        Path broken = app("two", "throw new IllegalStateException(\"no database\");");
        assertThrows(DeploymentException.class, () -> deployer.replace(broken, SHOP));

        assertEquals("503 503 Service Unavailable\n", get("/shop/name"));
        assertEquals("[FAILED]", states());
        deployer.deploy(app("other", ""), AppName.of("/other"));
        assertEquals("503 503 Service Unavailable\n", get("/shop/name"));
        deployer.undeploy("/other");

        deployer.replace(app("three", ""), SHOP);
        assertEquals("200 three", get("/shop/name"));
        assertEquals("[RUNNING]", states());
    }

    @Test
    void whatRunsAndWhatHasFailedIsDeployedAnewFromWhereItCame() throws Exception {
        start();
        Path folder = app("one", "");
        deployer.deploy(folder, SHOP);
        app("one", "throw new IllegalStateException(\"broken\");");
        assertThrows(DeploymentException.class, () -> deployer.redeploy(SHOP));
        app("one", "");
        deployer.redeploy(SHOP);
        Await.until(() -> states().equals("[RUNNING]"));
        assertThrows(DeploymentException.class, () -> deployer.redeploy(AppName.of("/none")));
    }

    @Test
    void newVersionsGoBeforeOlderOnesThatHaveNoSessionsAndEnd() throws Exception {
        start();
        deployer.deploy(app("one", ""), new AppName("/shop", "1"));
        deployer.deploy(app("two", ""), new AppName("/shop", "2"));
        assertEquals("200 two", get("/shop/name"));
        Await.until(() -> states().equals("[2RUNNING]"));
        assertEquals(List.of("/shop"), deployer.deployed());
    }

    @Test
    void anOlderVersionThatIsKeptServesAgainWhenTheNewerOneIsUndeployed() throws Exception {
        start("deployment.undeploy_old_versions", "false");
        deployer.deploy(app("one", ""), new AppName("/shop", "1"));
        deployer.deploy(app("two", ""), new AppName("/shop", "2"));
        assertEquals("[1SUPERSEDED, 2RUNNING]", states());
        assertEquals("200 two", get("/shop/name"));

        assertTrue(deployer.undeploy(new AppName("/shop", "2")));

        assertEquals("[1RUNNING]", states());
        assertEquals("200 one", get("/shop/name"));
        assertTrue(deployer.undeploy("/shop"));
        assertEquals("404 404 Not Found\n", get("/shop/name"));
    }

    @Test
    void theStatusIsThereWhileAnApplicationStarts() throws Exception {
        start();
        Path slow = app("one", "await(\"go\");");
        CompletableFuture<Void> deployed = async(() -> deployer.deploy(slow, SHOP));
        Await.until(() -> states().equals("[STARTING]"));
        assertNull(deployer.status().getFirst().reason());
        Files.writeString(temp.resolve("go"), "");
        deployed.join();
        assertEquals("[RUNNING]", states());
    }

    private interface Deploying {
        void run() throws DeploymentException;
    }

    private static CompletableFuture<Void> async(Deploying deploying) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        deploying.run();
                    } catch (DeploymentException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofPlatform().start(task));
    }
}
