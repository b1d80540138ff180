package dev.pounce.bench.peer;

import java.io.IOException;

/** The part of the contract of {@link Peer} that the mains share. */
final class Standby {

    private Standby() {}

    /** Announces the port, waits for the end of standard input and ends the process. */
    static void serve(int port) throws IOException {
        System.out.println("listening " + port);
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
