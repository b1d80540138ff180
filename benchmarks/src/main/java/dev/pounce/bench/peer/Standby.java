package dev.pounce.bench.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The part of the contract of {@link Peer} that the mains share. */
final class Standby {

    /** The property with the seconds for which an idle connection is kept, where it is set. */
    static final String KEEP_ALIVE = "bench.keepAlive";

    private Standby() {}

    /** How long idle connections are to be kept, or empty for what the server does by itself. */
    static Optional<Duration> keepAlive() {
        return Optional.ofNullable(Integer.getInteger(KEEP_ALIVE)).map(Duration::ofSeconds);
    }

    /** Announces the port, waits for the end of standard input and ends the process. */
    static void serve(int port) throws IOException {
        System.out.println("listening " + port);
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
