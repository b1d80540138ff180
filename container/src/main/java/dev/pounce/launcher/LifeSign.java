package dev.pounce.launcher;

import dev.pounce.process.ServiceManager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Tells the service manager's watchdog, twice within the time that it gives, that the server lives:
 * that every worker has come to the end of a turn. A server whose workers hang is restarted.
 */
final class LifeSign {
    private static final Logger LOG = LoggerFactory.getLogger(LifeSign.class);

    private LifeSign() {}

    /** Begins, if the manager wants it; ends with the process. */
    static void begin(ServiceManager manager, ServerHandle server) {
        Duration period = manager.watchdog().dividedBy(2);
        if (!period.isPositive()) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("pounce-life-sign")
                .start(() -> tell(manager, server, period));
    }

    private static void tell(ServiceManager manager, ServerHandle server, Duration period) {
        try {
            while (true) {
                if (server.isResponsive(period)) {
                    manager.alive();
                } else {
                    LOG.error("a worker has not ended its turn for {} ms", period.toMillis());
                }
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
