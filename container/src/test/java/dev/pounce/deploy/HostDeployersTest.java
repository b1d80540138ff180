package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.Placeholders;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestHosts;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every virtual host has applications of its own. */
@Timeout(60)
class HostDeployersTest {
    private static final AppName APP = AppName.of("/app");

    @TempDir Path temp;
    private HttpServer server;
    private HostDeployers hosts;

    @BeforeEach
    void start() throws IOException {
        server = new HttpServer(TestHosts.withShop());
        server.start();
        hosts =
                new HostDeployers(
                        server,
                        temp.resolve("work"),
                        getClass().getClassLoader(),
                        new AppConfigFiles(temp.resolve("conf"), temp, Placeholders.of(Map.of())));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        hosts.close();
    }

    private Path app(String name) throws IOException {
        return new TestWebApp(temp.resolve(name))
                .compile(
                        """
                        public class App implements AutoCloseable {
                            @Fused("/name")
                            public String name() { return "NAME"; }
                            @Override
                            public void close() throws Exception {
                                java.nio.file.Files.writeString(
                                        java.nio.file.Path.of("FOLDER/closed-NAME"), "");
                            }
                        }
                        """
                                .replace("NAME", name)
                                .replace("FOLDER", temp.toString()))
                .root();
    }

    private String get(String host) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    """
                    GET /app/name HTTP/1.1
                    Host: %s
                    Connection: close

                    """
                            .formatted(host));
            String answer = client.readToEnd();
            return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    @Test
    void theSamePathIsAnotherApplicationOnAnotherHost() throws Exception {
        hosts.ofDefault().deploy(app("own"), APP);
        assertEquals("200 own", get("any.example"));
        assertTrue(get("shop.example").startsWith("404 "));
        hosts.of("shop").deploy(app("shops"), APP);
        assertEquals("200 shops", get("Shop.Example:8080"));
        assertEquals("200 own", get("any.example"));

        hosts.of("shop").replace(app("newer"), APP);
        assertEquals("200 newer", get("shop.example"));
        assertEquals("200 own", get("any.example"));

        assertTrue(hosts.ofDefault().undeploy(APP));
        assertTrue(Files.exists(temp.resolve("closed-own")));
        assertEquals("200 newer", get("shop.example"));
        assertTrue(get("any.example").startsWith("404 "));
    }

    @Test
    void statesAndLogsNameTheHost() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            hosts.ofDefault().deploy(app("own"), APP);
            hosts.of("shop").deploy(app("shops"), APP);
            assertThrows(
                    DeploymentException.class,
                    () -> hosts.of("shop").replace(temp.resolve("nothing"), APP));
            List<String> lines = log.lines("is not deployed");
            assertTrue(lines.getFirst().contains("; shop:/app/ is served as"), lines::toString);
        }
        assertEquals(
                List.of("default /app/ RUNNING", "shop /app/ RUNNING", "shop /app/ FAILED"),
                hosts.status().stream()
                        .map(each -> each.host() + " " + each.name() + " " + each.state())
                        .toList());
    }

    @Test
    void aHostThatThereIsNotIsRefusedWithThoseThatThereAre() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> hosts.of("shp"));
        assertEquals("there is no virtual host shp but default, shop", e.getMessage());
    }

    @Test
    void allHostsEndWithTheServer() throws Exception {
        hosts.ofDefault().deploy(app("own"), APP);
        hosts.of("shop").deploy(app("shops"), APP);
        server.stop();
        assertFalse(Files.exists(temp.resolve("closed-shops")));
        hosts.close();
        assertTrue(Files.exists(temp.resolve("closed-own")));
        assertTrue(Files.exists(temp.resolve("closed-shops")));
    }
}
