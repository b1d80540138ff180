package dev.pounce.launcher;

import dev.pounce.control.Answer;
import dev.pounce.control.ControlClient;
import dev.pounce.process.PidFile;
import dev.pounce.process.RunFolder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The server of a base, seen from another process. */
final class ServerProcess {

    /** No server runs that could do what is asked for; the message says so. */
    static final class NotRunning extends Exception {
        private static final long serialVersionUID = 1L;

        private NotRunning(String message) {
            super(message);
        }
    }

    private final Path base;
    private final RunFolder folder;

    /**
     * @param base the server's base
     */
    ServerProcess(Path base) {
        this.base = base.toAbsolutePath().normalize();
        this.folder = new RunFolder(base);
    }

    /** The folder of its base. */
    Path base() {
        return base;
    }

    /** Where its pid file and socket are. */
    RunFolder folder() {
        return folder;
    }

    /**
     * What the server that runs says of itself.
     *
     * @throws IOException when that cannot be known
     */
    Optional<PidFile> running() throws IOException {
        return file().filter(file -> file.process().isRunning());
    }

    /**
     * What a server says of itself that ended without taking its pid file away.
     *
     * @throws IOException when that cannot be known
     */
    Optional<PidFile> ended() throws IOException {
        return file().filter(file -> !file.process().isRunning());
    }

    private Optional<PidFile> file() throws IOException {
        try {
            return folder.server();
        } catch (AccessDeniedException e) {
            throw new IOException(
                    folder.pidFile() + " is closed to this user: ask as the server's user", e);
        }
    }

    /**
     * Gives the server a command, and waits for its answer.
     *
     * @throws NotRunning when there is none
     * @throws IOException when it does not answer
     */
    Answer ask(List<String> words) throws IOException, NotRunning {
        PidFile server = running().orElseThrow(() -> new NotRunning("no server runs from " + base));
        return ask(server, words);
    }

    static Answer ask(PidFile server, List<String> words) throws IOException {
        try {
            return ControlClient.ask(server.control(), words);
        } catch (IOException e) {
            throw new IOException(
                    "process "
                            + server.process().pid()
                            + " does not answer at "
                            + server.control()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
