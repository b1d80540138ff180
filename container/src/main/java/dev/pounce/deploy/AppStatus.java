package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;

/**
 * How one version of an application is, at the moment of the question. An application has several
 * where versions run side by side, where one is ending, and where a newer one did not start.
 *
 * @param host what the configuration calls its virtual host; {@code default} for the server's own
 * @param name its context path and version
 * @param declared the same as the name of its folder or war file says, from which its settings may
 *     differ
 * @param state what it does
 * @param since when that state began
 * @param origin the folder or war file that it came from
 * @param reason why it did not start; null unless it has failed
 * @param requests requests in flight
 * @param sessions HTTP sessions
 */
public record AppStatus(
        String host,
        AppName name,
        AppName declared,
        AppState state,
        Instant since,
        Path origin,
        @Nullable String reason,
        long requests,
        long sessions) {}
