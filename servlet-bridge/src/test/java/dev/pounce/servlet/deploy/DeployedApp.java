package dev.pounce.servlet.deploy;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import java.io.IOException;
import java.nio.file.Path;

/** A server with one application at /app, built by a test. */
public final class DeployedApp implements AutoCloseable {
    private static final String IMPORTS =
            """
            import jakarta.servlet.*;
            import jakarta.servlet.annotation.*;
            import jakarta.servlet.http.*;
            import java.io.*;
            import java.util.*;
            """;

    private final Pounce server;

    private DeployedApp(Pounce server) {
        this.server = server;
    }

    /** Compiles classes of the package {@code app} into a webapp. */
    public static TestWebApp webapp(Path folder, String... sources) throws IOException {
        String[] complete = new String[sources.length];
        for (int i = 0; i < sources.length; i++) {
            complete[i] = IMPORTS + sources[i];
        }
        TestWebApp app = new TestWebApp(folder);
        return sources.length == 0 ? app : app.compile(complete);
    }

    /** Deploys at /app. */
    public static DeployedApp start(TestWebApp app) throws Exception {
        return start(app, ServerConfig.defaults());
    }

    /** Deploys at /app, on a server with users. */
    public static DeployedApp start(TestWebApp app, Path users) throws Exception {
        return start(app, ServerConfig.defaults().withUsers(users));
    }

    /** Deploys at /app, on a server with further settings. */
    public static DeployedApp start(TestWebApp app, ServerConfig config) throws Exception {
        Pounce server = Pounce.create(config.withHost("127.0.0.1").withPort(0).withWorkers(1));
        try {
            server.deploy(app.root(), "/app");
            server.start();
        } catch (DeploymentException e) {
            server.stop();
            throw e;
        }
        return new DeployedApp(server);
    }

    public Pounce server() {
        return server;
    }

    public RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** The whole answer to a request whose head may have further lines. */
    public String send(String method, String path, String furtherLines, String content)
            throws IOException {
        return RawClient.ask(server.port(), method, "/app" + path, furtherLines, content);
    }

    /** The whole answer to a GET. */
    public String get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    /** The content of the answer to a GET, which is 200. */
    public String content(String path) throws IOException {
        String answer = get(path);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            throw new AssertionError(answer);
        }
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
