package dev.pounce.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT: the first ends {@link #await}, the second ends the process at once. A
 * shutdown hook would not do, for the JVM's exit status would then be 143 or 130 where an orderly
 * stop is 0.
 */
final class StopSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final CountDownLatch first = new CountDownLatch(1);
    private final Map<String, Object> replaced = new LinkedHashMap<>();

    private StopSignals() {}

    /** Takes the signals over, as far as the platform and the JVM's options allow. */
    static StopSignals install() {
        StopSignals signals = new StopSignals();
        for (String name : NAMES) {
            try {
                signals.replaced.put(name, NativeSignal.handle(name, signals::received));
            } catch (ReflectiveOperationException e) {
                LOG.warn(
                        "SIG{} will end the process without an orderly stop: {}",
                        name,
                        NativeSignal.cause(e));
            }
        }
        return signals;
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        first.await();
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        replaced.forEach(
                (name, handler) -> {
                    try {
                        NativeSignal.restore(name, handler);
                    } catch (ReflectiveOperationException e) {
                        LOG.warn("SIG{} stays taken over: {}", name, NativeSignal.cause(e));
                    }
                });
    }

    /** Called by the JVM on a thread of its own for each signal. */
    private synchronized void received(Object signal) {
        if (first.getCount() == 0) {
            Runtime.getRuntime().halt(128 + NativeSignal.number(signal));
        }
        LOG.info("{}: stopping; a second signal ends the process at once", signal);
        first.countDown();
    }
}
