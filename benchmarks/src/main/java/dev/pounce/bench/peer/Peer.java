package dev.pounce.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A server that takes part in a comparison.
 *
 * <p>Its process listens on a free port of the loopback address, prints {@code listening <port>} as
 * the first line of its standard output, answers {@code GET /hello} with the 13 bytes {@code Hello,
 * World!} as {@code text/plain} with a Content-Length and a Date, and ends at the end of its
 * standard input. It uses as many event loops or workers as there are cores.
 */
public interface Peer {

    /** The name for the command line and the tables: lower-case letters, digits, hyphens. */
    String name();

    /** What it is, with its version where it has one. */
    String description();

    /** Why it cannot run on this machine, or empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /**
     * The command that starts it; builds it first where that is needed.
     *
     * @throws IOException when it cannot be built, saying why
     */
    List<String> command() throws IOException, InterruptedException;
}
