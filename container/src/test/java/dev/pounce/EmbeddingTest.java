package dev.pounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.route.FusedRoute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class EmbeddingTest {
    private final ServerConfig config =
            ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1);

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aServerWithAFusedRouteIsBuiltStartedAndStopped() throws Exception {
        Pounce server = Pounce.create(config);
        server.fused("", FusedRoute.text("/hello", request -> "Hello, World!"));
        server.start();
        assertEquals("Hello, World!", get(server.url().resolve("hello")).body());
        server.stop();
        server.stop();
    }

    @Test
    void aServerThatNeverStartedIsStopped() throws Exception {
        Pounce server = Pounce.create(config);
        server.stop();
    }

    @Test
    void aFolderIsDeployedAndUndeployedWhileServing(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "<p>A page</p>");
        Pounce server = Pounce.create(config);
        server.start();
        try {
            server.deploy(folder, "/app");
            assertEquals(List.of("/app"), server.apps());
            assertEquals("<p>A page</p>", get(server.url().resolve("app/")).body());
            assertEquals(302, get(server.url().resolve("app")).statusCode());
            server.deploy(folder, "/an app");
            assertEquals(
                    "/an%20app/",
                    get(server.url().resolve("an%20app"))
                            .headers()
                            .firstValue("Location")
                            .orElseThrow());
            assertTrue(server.undeploy("/an app"));
            assertThrows(DeploymentException.class, () -> server.deploy(folder, "/app"));
            assertTrue(server.undeploy("/app"));
            assertEquals(404, get(server.url().resolve("app/")).statusCode());
        } finally {
            server.stop();
        }
    }

    @Test
    void aTakenPortIsABindExceptionAlsoFromThisProcess() throws Exception {
        Pounce first = Pounce.create(config);
        first.start();
        Pounce second = Pounce.create(config.withPort(first.port()));
        assertThrows(BindException.class, second::start);
        second.stop();
        first.stop();
    }
}
