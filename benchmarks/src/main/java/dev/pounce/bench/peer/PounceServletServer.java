package dev.pounce.bench.peer;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;

import java.nio.file.Path;
import java.util.List;

/**
 * The web application in Pounce, with the configuration that nothing was set in but the settings
 * that are given as arguments behind the application's folder.
 */
public final class PounceServletServer {

    private PounceServletServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        List<String> settings = List.of(args).subList(1, args.length);
        ServerConfig config = PounceServer.config(settings);
        Pounce server = Pounce.create(config);
        server.deploy(Path.of(args[0]), "");
        server.start();
        Standby.serve(server.port());
    }
}
