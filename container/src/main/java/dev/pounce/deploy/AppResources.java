package dev.pounce.deploy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed with a webapp. Used by one thread at a time. */
final class AppResources {
    private static final Logger LOG = LoggerFactory.getLogger(AppResources.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** This has begun, and ends before what has begun before it. */
    void add(AutoCloseable resource) {
        opened.push(resource);
    }

    /**
     * Ends what has begun, the last first. Failures are logged.
     *
     * @param of in messages
     */
    void close(Object of) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception | Error e) {
                LOG.warn("{} did not end cleanly", of, e);
            }
        }
    }
}
