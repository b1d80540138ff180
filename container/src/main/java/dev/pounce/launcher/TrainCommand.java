package dev.pounce.launcher;

import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.ServerConfig;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code pounce train}, which {@code bin/pounce aot-cache} runs: a server that starts, answers some
 * requests of its own and stops, so that the JVM can note what that takes.
 */
@Command(name = "train", hidden = true, description = "Serve a moment, for bin/pounce aot-cache.")
final class TrainCommand implements Callable<Integer> {
    private static final List<String> CODINGS = List.of("identity", "gzip", "zstd");

    private final Environment environment;
    private final ServerHandle.Factory servers;

    TrainCommand(Environment environment, ServerHandle.Factory servers) {
        this.environment = environment;
        this.servers = servers;
    }

    @Override
    public Integer call() throws Exception {
        ServerConfig config =
                ServerConfig.defaults()
                        .withPort(0)
                        .with("host", "127.0.0.1")
                        .with("auto_deploy", "false");
        ServerHandle server = servers.create(config);
        try {
            Path samples = environment.home().resolve("webapps");
            if (Files.isDirectory(samples)) {
                server.deployAll(DefaultHostConfig.ID, samples);
            }
            server.start();
            URI url = URI.create(server.url());
            for (String app : server.apps()) {
                for (String coding : CODINGS) {
                    ask(url, app + "/", coding);
                }
            }
        } finally {
            server.stop();
        }
        return ExitCode.OK;
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
