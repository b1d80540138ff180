package dev.pounce.observe;

import dev.pounce.exchange.Exchange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Logs requests that took long, a few a second at most. Thread-safe. */
final class SlowRequests {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);
    private static final int PER_SECOND = 5;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long after;
    private long secondBegan;
    private int inSecond;
    private long silenced;

    /**
     * @param after how long a request may take; zero is no limit
     */
    SlowRequests(Duration after) {
        this.after = after.toNanos();
    }

    boolean isSlow(long nanos) {
        return after > 0 && nanos > after;
    }

    /**
     * Logs a request that is slow, or counts it for the next line.
     *
     * @param now by the server's clock
     */
    void log(Exchange exchange, int status, long nanos, long now) {
        long before;
        synchronized (this) {
            if (now - secondBegan >= SECOND || inSecond == 0) {
                secondBegan = now;
                inSecond = 0;
            }
            if (inSecond == PER_SECOND) {
                silenced++;
                return;
            }
            inSecond++;
            before = silenced;
            silenced = 0;
        }
        LOG.warn(
                "slow request: {} {} took {} ms; status {}, route {}, id {}{}",
                exchange.request().method(),
                exchange.request().rawPath(),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                status,
                exchange.route() == null ? "-" : exchange.route(),
                exchange.requestId(),
                before == 0 ? "" : "; " + before + " more were slow and not logged");
    }
}
