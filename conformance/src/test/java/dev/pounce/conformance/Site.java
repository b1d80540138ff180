package dev.pounce.conformance;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.RawClient;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A server on a free port of the loopback interface, and a client with cookies. */
final class Site implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Pounce server;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .build();

    private Site(Pounce server) {
        this.server = server;
    }

    /**
     * Starts a server with applications.
     *
     * @param applications folders or war files by their context paths
     */
    static Site of(Map<String, Path> applications) throws IOException, InterruptedException {
        return of(applications, ServerConfig.defaults());
    }

    /**
     * Starts a server with applications and users.
     *
     * @param users a file in the format of tomcat-users.xml
     */
    static Site of(Map<String, Path> applications, Path users)
            throws IOException, InterruptedException {
        return of(applications, ServerConfig.defaults().withUsers(users));
    }

    /** Starts a server with applications and further settings. */
    static Site of(Map<String, Path> applications, ServerConfig config)
            throws IOException, InterruptedException {
        Pounce server =
                Pounce.create(
                        config.withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(2)
                                .with("timeouts.shutdown", "500ms"));
        try {
            for (Map.Entry<String, Path> each : applications.entrySet()) {
                server.deploy(each.getValue(), each.getKey());
            }
            server.start();
        } catch (DeploymentException | IOException e) {
            server.stop();
            throw new AssertionError(e.getMessage(), e);
        }
        return new Site(server);
    }

    /** Connects without a client in between. */
    RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** A request with fields: name, value, name, value. */
    HttpRequest.Builder request(String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT);
        return fields.length == 0 ? request : request.headers(fields);
    }

    HttpResponse<String> get(String path, String... fields)
            throws IOException, InterruptedException {
        return send(request(path, fields));
    }

    /** Sends a form that is encoded already. */
    HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send(
                request(path, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> begin(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The content while it comes. */
    HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Encoders that responses hold at this moment. */
    int encodersInUse() {
        return server.server().encodersInUse();
    }

    @Override
    public void close() throws InterruptedException {
        client.shutdownNow();
        server.stop();
    }
}
