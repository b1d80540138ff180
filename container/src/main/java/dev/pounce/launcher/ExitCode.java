package dev.pounce.launcher;

/** The exit statuses of {@code pounce}. */
final class ExitCode {

    static final int OK = 0;

    /** The command failed; the server could not be started, for instance. */
    static final int FAILED = 1;

    /** The configuration or the command line is wrong. */
    static final int WRONG_USAGE = 2;

    /** {@code status}: no server runs, and a pid file is left of one that ended otherwise. */
    static final int ENDED = 1;

    /** {@code status}, and commands to a server: none runs. */
    static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
