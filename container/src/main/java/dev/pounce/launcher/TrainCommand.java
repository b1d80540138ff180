package dev.pounce.launcher;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code pounce train}, which {@code bin/pounce aot-cache} runs: a server that starts, answers some
 * requests of its own and stops, so that the JVM can note what that takes. No word of picocli's,
 * whose classes no archive can have.
 */
final class TrainCommand {
    static final String NAME = "train";

    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> CODINGS = List.of("identity", "gzip", "zstd");

    private final Environment environment;
    private final ServerHandle.Factory servers;

    TrainCommand(Environment environment, ServerHandle.Factory servers) {
        this.environment = environment;
        this.servers = servers;
    }

    /** Does what {@code run} does, by the same way, so that the same classes are loaded. */
    int call()
            throws InterruptedException,
                    ExecutionException,
                    TimeoutException,
                    IOException,
                    ReflectiveOperationException {
        CompletableFuture<URI> serves = new CompletableFuture<>();
        CompletableFuture<ServerHandle> made = new CompletableFuture<>();
        Launcher launcher =
                new Launcher(
                        environment.variables(),
                        config -> {
                            ServerHandle server = servers.create(config);
                            made.complete(server);
                            return server;
                        },
                        new PrintStream(OutputStream.nullOutputStream()) {
                            @Override
                            public void println(@Nullable String banner) {
                                serves.complete(URI.create(made.join().url()));
                            }
                        },
                        System.err);
        String[] words = words(environment.home()).toArray(String[]::new);
        FutureTask<Integer> running = new FutureTask<>(() -> launcher.run(words));
        Thread.ofPlatform().name("pounce-train").daemon().start(running);
        URI url = serves.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String app : made.join().apps()) {
            for (String coding : CODINGS) {
                ask(url, app + "/", coding);
            }
        }
        ask(url, "/fused/hello", CODINGS.getFirst());
        NativeSignal.raise("TERM");
        return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<String> words(Path home) {
        List<String> words = new ArrayList<>(List.of("run", "--host=127.0.0.1", "--port=0"));
        Path config = home.resolve("conf", "pounce.yaml");
        if (Files.isRegularFile(config)) {
            words.add("--config=" + config);
        }
        Path samples = home.resolve("webapps");
        if (Files.isDirectory(samples)) {
            words.add("--webapps=" + samples);
        }
        return words;
    }

    private static void ask(URI url, String path, String coding) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request =
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, coding);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
