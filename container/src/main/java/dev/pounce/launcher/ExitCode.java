package dev.pounce.launcher;

/** The exit statuses of {@code pounce}. */
final class ExitCode {

    static final int OK = 0;

    /** The server could not be started. */
    static final int START_FAILED = 1;

    /** The configuration or the command line is wrong. */
    static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
