package dev.pounce.launcher;

import dev.pounce.control.Commands;
import dev.pounce.control.ControlServer;
import dev.pounce.process.PidFile;
import dev.pounce.process.ProcessIdentity;
import dev.pounce.process.RunFolder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * By what other processes know that this server runs: the lock, the pid file and the control socket
 * of its base. A server in the foreground does without where there can be none. Used by one thread.
 */
final class Presence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunFolder folder;
    private final @Nullable FileChannel lock;
    private @Nullable ControlServer control;
    private @Nullable Path socket;

    private Presence(RunFolder folder, @Nullable FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the base for this server.
     *
     * @param required whether the server is not to run without
     * @throws IOException when it is required and another server has it, or there can be no files
     */
    static Presence open(Path base, boolean required) throws IOException {
        RunFolder folder = new RunFolder(base);
        FileChannel lock = null;
        String problem;
        try {
            folder.create();
            lock = folder.lock();
            problem = lock == null ? "another server of this base runs" + number(folder) : "";
        } catch (IOException | UnsupportedOperationException e) {
            problem = "no folder for a control socket: " + e;
        }
        if (!problem.isEmpty()) {
            if (required) {
                throw new IOException(problem);
            }
            LOG.info("list, deploy and the like do not reach this server: {}", problem);
        }
        return new Presence(folder, lock);
    }

    private static String number(RunFolder folder) throws IOException {
        return folder.server().map(file -> " as process " + file.process().pid()).orElse("");
    }

    /**
     * Takes commands from now on, and lets others know where.
     *
     * @param flags those of the start
     * @throws IOException when there can be no socket
     */
    void announce(Commands commands, List<String> flags) throws IOException {
        if (lock == null) {
            return;
        }
        Path chosen = folder.socket();
        socket = chosen;
        control = ControlServer.open(chosen, commands, PATIENCE);
        Path directory = Path.of("").toAbsolutePath();
        new PidFile(ProcessIdentity.current(), chosen, directory, flags).write(folder.pidFile());
    }

    /** Takes all of it away again. */
    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.pidFile());
            if (control != null) {
                control.close();
            }
            if (socket != null) {
                folder.deleteSocket(socket);
            }
            lock.close();
        } catch (IOException e) {
            LOG.warn("files are left in {}: {}", folder.pidFile().getParent(), e.toString());
        }
    }
}
