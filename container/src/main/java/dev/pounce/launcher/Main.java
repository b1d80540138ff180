package dev.pounce.launcher;

import dev.pounce.config.ServerConfig;

/** Where {@code bin/pounce} enters. */
public final class Main {

    private Main() {}

    /**
     * Does what the arguments say and ends the process.
     *
     * @param args see {@code pounce --help}
     */
    public static void main(String[] args) {
        System.exit(new Launcher(System.getenv(), Main::server, System.out, System.err).run(args));
    }

    private static ServerHandle server(ServerConfig config) {
        throw new UnsupportedOperationException("this build has no engine");
    }
}
