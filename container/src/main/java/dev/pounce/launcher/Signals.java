package dev.pounce.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The signals that the server acts on. Of SIGTERM and SIGINT the first asks for a stop, the second
 * ends the process at once; SIGHUP asks for a reload where it is taken over at all. A shutdown hook
 * would not do, for the JVM's exit status would then be 143 or 130 where an orderly stop is 0.
 */
final class Signals implements AutoCloseable {

    /** What a signal asks for. */
    enum Request {
        RELOAD,
        STOP
    }

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final String HANGUP = "HUP";

    private final Map<String, Object> replaced = new LinkedHashMap<>();
    private boolean stop;
    private boolean reload;

    private Signals() {}

    /**
     * Takes the signals over, as far as the platform and the JVM's options allow.
     *
     * @param reloads whether SIGHUP asks for a reload; else it keeps its meaning, which is that the
     *     terminal is gone
     */
    static Signals install(boolean reloads) {
        List<String> names = new ArrayList<>(List.of("TERM", "INT"));
        if (reloads) {
            names.add(HANGUP);
        }
        Signals signals = new Signals();
        for (String name : names) {
            try {
                Object before = NativeSignal.handle(name, signals::received);
                signals.replaced.put(name, before);
                if (name.equals(HANGUP) && NativeSignal.isIgnored(before)) {
                    LOG.warn("SIGHUP does not reload: whoever started this process ignores it");
                }
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} is not handled: {}", name, NativeSignal.cause(e));
            }
        }
        return signals;
    }

    /**
     * Waits for what a signal asks for. Several reloads that nobody waited for are one; a stop goes
     * before them.
     */
    synchronized Request await() throws InterruptedException {
        while (!stop && !reload) {
            wait();
        }
        reload = false;
        return stop ? Request.STOP : Request.RELOAD;
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
        if (signal.toString().endsWith(HANGUP)) {
            reload = true;
        } else if (stop) {
            Runtime.getRuntime().halt(128 + NativeSignal.number(signal));
        } else {
            LOG.info("{}: stopping; a second signal ends the process at once", signal);
            stop = true;
        }
        notifyAll();
    }
}
