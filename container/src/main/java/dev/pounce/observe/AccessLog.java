package dev.pounce.observe;

import dev.pounce.config.AccessLogConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.RequestIds;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The access log. Whoever ends an exchange puts what is needed of it into a ring of bytes; one
 * thread makes lines of that and writes them. Where the ring is full the line is dropped and
 * counted.
 *
 * <p>Thread-safe.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** The first line of a pause waits this long for others, so that they share its cost. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long a line that was claimed may take to be filled before it is looked for again. */
    private static final long CLAIMED_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** A disk that hangs does not keep the process from ending. */
    private static final long CLOSE_MILLIS = 5_000;

    /** What the writer does. */
    private enum Phase {
        /** Writes, or is about to look for lines. */
        RUNNING,
        /** Waits for more lines to come. */
        GATHERING,
        /** Waits for the first line. */
        PARKED
    }

    private final RecordRing ring;
    private final RequestIds ids;
    private final LineFormat format;
    private final LineWriter writer;
    private final Clock wall;
    private final LongSupplier nanos;
    private final Counters counters;
    private final Thread thread;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
    private final Queue<CountDownLatch> flushes = new ConcurrentLinkedQueue<>();
    private final boolean hosts;
    private volatile boolean reopening;
    private volatile boolean closing;
    private volatile boolean ended;
    private long reportedDrops;
    private long reportedAt;

    /**
     * @param hosts whether there are several, and lines say for which one they are
     * @param wall the time of lines and days, with the zone to write it in
     * @param nanos the clock of received times
     */
    AccessLog(
            AccessLogConfig settings,
            boolean hosts,
            RequestIds ids,
            Clock wall,
            LongSupplier nanos,
            Counters counters) {
        this.hosts = hosts;
        this.ids = ids;
        this.wall = wall;
        this.nanos = nanos;
        this.counters = counters;
        ring = new RecordRing(settings.queue());
        format =
                switch (settings.format()) {
                    case COMBINED -> new CombinedFormat(wall.getZone());
                    case JSON -> new JsonFormat();
                };
        LogFile file = new LogFile(settings.file(), wall.getZone(), settings.keep());
        writer = new LineWriter(file, settings.maxSize(), settings.daily(), wall, nanos, counters);
        reportedAt = nanos.getAsLong() - REPORT_NANOS;
        thread = Thread.ofPlatform().name("pounce-access-log").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    // --- any thread ----------------------------------------------------------------------------

    /** Logs an exchange that has ended. */
    void add(Exchange exchange, int status, long durationNanos, boolean slow) {
        if (RequestRecord.put(ring, ids, exchange, status, durationNanos, slow, hosts)) {
            Phase current = phase.get();
            if (current == Phase.PARKED || current == Phase.GATHERING && ring.isHalfFull()) {
                wake(current);
            }
        } else {
            counters.lineDropped();
        }
    }

    private void wake(Phase from) {
        if (phase.compareAndSet(from, Phase.RUNNING)) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Opens what is at the file's path now, where all lines go that are logged after this.
     *
     * @return false when that takes longer
     */
    boolean reopen(long timeoutNanos) throws InterruptedException {
        reopening = true;
        return flush(timeoutNanos);
    }

    /**
     * Returns when every line that was logged before the call is written, or lost.
     *
     * @return false when that takes longer
     */
    boolean flush(long timeoutNanos) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        flushes.add(written);
        if (ended) {
            return true;
        }
        hurry();
        return written.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** Writes what was logged and ends. */
    void close() throws InterruptedException {
        closing = true;
        hurry();
        thread.join(CLOSE_MILLIS);
        if (thread.isAlive()) {
            LOG.warn("the access log could not be written to its end: the disk does not answer");
        }
    }

    private void hurry() {
        phase.set(Phase.RUNNING);
        LockSupport.unpark(thread);
    }

    // --- the writer's thread -------------------------------------------------------------------

    private void run() {
        RequestRecord record = new RequestRecord(ids);
        writer.open();
        while (!closing) {
            round(record);
            await();
        }
        round(record);
        writer.close();
        reportDrops(true);
        ended = true;
        flushes.forEach(CountDownLatch::countDown);
    }

    private void round(RequestRecord record) {
        CountDownLatch waiting = flushes.poll();
        long until = waiting == null && !closing ? 0 : ring.claimed();
        try {
            if (reopening) {
                reopening = false;
                writer.reopen();
            }
            do {
                write(record);
            } while (!isRead(until));
        } catch (RuntimeException e) {
            LOG.error("a failure of the access log itself", e);
        }
        if (waiting != null) {
            waiting.countDown();
        }
        reportDrops(false);
    }

    /** Writes all lines that are there. */
    private void write(RequestRecord record) {
        long now = nanos.getAsLong();
        long millis = wall.millis();
        for (int at = ring.next(); at != RecordRing.NONE; at = ring.next()) {
            record.read(ring.memory(), at);
            long age = TimeUnit.NANOSECONDS.toMillis(now - record.receivedNanos());
            LineBuffer line = writer.buffer();
            int start = line.length();
            boolean whole = false;
            try {
                format.append(record, millis - age, line);
                whole = true;
            } finally {
                ring.remove(at);
                line.end(whole ? line.length() : start);
            }
            writer.lineEnded();
        }
        writer.write();
    }

    /** Waits a moment where another thread has claimed room and not filled it yet. */
    private boolean isRead(long until) {
        if (ring.isReadUpTo(until)) {
            return true;
        }
        LockSupport.parkNanos(this, CLAIMED_NANOS);
        return false;
    }

    private void await() {
        phase.set(Phase.PARKED);
        if (ring.next() != RecordRing.NONE || isHurried()) {
            phase.set(Phase.RUNNING);
        }
        while (phase.get() == Phase.PARKED) {
            LockSupport.park(this);
        }
        phase.set(Phase.GATHERING);
        if (!isHurried() && !ring.isHalfFull()) {
            LockSupport.parkNanos(this, GATHER_NANOS);
        }
        phase.set(Phase.RUNNING);
    }

    private boolean isHurried() {
        return closing || reopening || !flushes.isEmpty();
    }

    private void reportDrops(boolean last) {
        long drops = counters.linesDropped();
        long now = nanos.getAsLong();
        if (drops > reportedDrops && (last || now - reportedAt >= REPORT_NANOS)) {
            LOG.warn(
                    "{} lines did not fit into the access log's queue and were dropped, {} in all;"
                            + " access_log.queue makes it larger",
                    drops - reportedDrops,
                    drops);
            reportedDrops = drops;
            reportedAt = now;
        }
    }
}
