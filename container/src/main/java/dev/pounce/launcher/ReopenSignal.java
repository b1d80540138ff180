package dev.pounce.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGUSR1: files of logs are opened anew, because somebody has moved them. Where the platform has
 * no such signal nothing happens.
 */
final class ReopenSignal {
    private static final Logger LOG = LoggerFactory.getLogger(ReopenSignal.class);
    private static final String NAME = "USR1";

    private ReopenSignal() {}

    /** Takes the signal over until the process ends. */
    static void install(ServerHandle server) {
        try {
            NativeSignal.handle(NAME, signal -> server.reopenLogs());
        } catch (ReflectiveOperationException e) {
            LOG.debug("SIG{} does not reopen logs: {}", NAME, NativeSignal.cause(e));
        }
    }
}
