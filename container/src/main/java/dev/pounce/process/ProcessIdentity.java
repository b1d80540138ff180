package dev.pounce.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that runs or has run. Numbers of processes are used again; with its start beside it the
 * number means one process.
 *
 * @param pid the process's number
 * @param start when it began, in the system's own words: comparable with itself only
 */
public record ProcessIdentity(long pid, String start) {
    private static final Path PROC = Path.of("/proc");

    /** Fields of proc_pid_stat(5), counted behind the command's closing parenthesis. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    /** This process. */
    public static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return running(pid).orElseGet(() -> new ProcessIdentity(pid, "unknown"));
    }

    /**
     * The process that has a number now; one that has ended and is waited for has none any more.
     */
    public static Optional<ProcessIdentity> running(long pid) {
        if (Files.isReadable(PROC.resolve("self", "stat"))) {
            return runningOnLinux(pid);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(
                        process ->
                                new ProcessIdentity(
                                        pid,
                                        process.info()
                                                .startInstant()
                                                .map(Instant::toString)
                                                .orElse("unknown")));
    }

    /**
     * Ticks since the machine's start, for the time of day can be set; and which start of the
     * machine that was.
     */
    private static Optional<ProcessIdentity> runningOnLinux(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            Path boot = PROC.resolve("sys", "kernel", "random", "boot_id");
            String id = Files.isReadable(boot) ? Files.readString(boot).strip() : "boot";
            return Optional.of(new ProcessIdentity(pid, id + "/" + fields[START_TIME]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether this very process runs still. */
    public boolean isRunning() {
        return running(pid).filter(this::equals).isPresent();
    }

    /** Whether another process has the number now. */
    public boolean isReplaced() {
        return running(pid).filter(other -> !other.equals(this)).isPresent();
    }
}
