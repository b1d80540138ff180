package dev.pounce.launcher;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;

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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * {@code pounce train}, which {@code bin/pounce aot-cache} runs: a server that starts, answers some
 * requests of its own and stops, so that the JVM can note what that takes.
 */
@Command(name = "train", hidden = true, description = "Serve a moment, for bin/pounce aot-cache.")
final class TrainCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> CODINGS = List.of("identity", "gzip", "zstd");

    private final Environment environment;
    private final ServerHandle.Factory servers;

    TrainCommand(Environment environment, ServerHandle.Factory servers) {
        this.environment = environment;
        this.servers = servers;
    }

    /** Does what {@code run} does, in its own words, so that the same classes are loaded. */
    @Override
    public Integer call() throws Exception {
        Path home = environment.home();
        ConfigOptions options = ConfigOptions.plain(flags(home));
        CompletableFuture<URI> serves = new CompletableFuture<>();
        CompletableFuture<ServerHandle> made = new CompletableFuture<>();
        RunCommand run =
                new RunCommand(
                        Objects.requireNonNull(options),
                        environment,
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
        FutureTask<Integer> running = new FutureTask<>(run);
        Thread.ofPlatform().name("pounce-train").daemon().start(running);
        URI url = serves.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String app : made.join().apps()) {
            for (String coding : CODINGS) {
                ask(url, app + "/", coding);
            }
        }
        NativeSignal.raise("TERM");
        return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<String> flags(Path home) {
        List<String> flags = new ArrayList<>(List.of("--host=127.0.0.1", "--port=0"));
        Path config = home.resolve("conf", "pounce.yaml");
        if (Files.isRegularFile(config)) {
            flags.add("--config=" + config);
        }
        Path samples = home.resolve("webapps");
        if (Files.isDirectory(samples)) {
            flags.add("--webapps=" + samples);
        }
        return flags;
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
