package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server that takes part in a comparison.
 *
 * <p>Its process listens on a free port of the loopback address, prints {@code listening <port>} as
 * the first line of its standard output, answers what {@link #abilities} names as {@link
 * dev.pounce.bench.app.Work} describes it, each answer with a Date, and ends at the end of its
 * standard input. It uses as many event loops or workers as there are cores.
 */
public interface Peer {

    /** What a server prints first, the port in its first group. */
    Pattern GREETING = Pattern.compile("listening (\\d+)");

    /** The name for the command line and the tables: lower-case letters, digits, hyphens. */
    String name();

    /** What it is, with its version where it has one. */
    String description();

    /** What it can be asked for. */
    Abilities abilities();

    /** Why it cannot run on this machine, or empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** How its first line of standard output names the port, in its first group. */
    default Pattern greeting() {
        return GREETING;
    }

    /** The path of a short answer that comes at once. */
    default String shortAnswer() {
        return Work.HELLO.target();
    }

    /**
     * The command that starts it; builds it first where that is needed.
     *
     * @throws IOException when it cannot be built, saying why
     */
    List<String> command(Purpose purpose) throws IOException, InterruptedException;
}
