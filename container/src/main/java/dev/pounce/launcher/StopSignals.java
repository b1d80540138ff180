package dev.pounce.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT: the first ends {@link #await}, the second ends the process at once. A
 * shutdown hook would not do, for the JVM's exit status would then be 143 or 130 where an orderly
 * stop is 0.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection because the compiler's warning about naming
 * it cannot be suppressed.
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
                signals.replaced.put(name, Native.handle(name, signals.handler()));
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} will end the process without an orderly stop: {}", name, cause(e));
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
                        Native.handle(name, handler);
                    } catch (ReflectiveOperationException e) {
                        LOG.warn("SIG{} stays taken over: {}", name, cause(e));
                    }
                });
    }

    private Object handler() throws ReflectiveOperationException {
        MethodHandle received =
                MethodHandles.lookup()
                        .bind(this, "received", MethodType.methodType(void.class, Object.class));
        return MethodHandleProxies.asInterfaceInstance(Native.handlerType(), received);
    }

    /** Called by the JVM on a thread of its own for each signal. */
    @SuppressWarnings("UnusedMethod") // called through the handle above
    private synchronized void received(Object signal) {
        if (first.getCount() == 0) {
            Runtime.getRuntime().halt(128 + Native.number(signal));
        }
        LOG.info("{}: stopping; a second signal ends the process at once", signal);
        first.countDown();
    }

    private static String cause(ReflectiveOperationException e) {
        return String.valueOf(e instanceof InvocationTargetException ? e.getCause() : e);
    }

    /** {@code sun.misc.Signal} by reflection. */
    private static final class Native {

        /** Has a signal handled; returns the handler that did it before. */
        static Object handle(String name, Object handler) throws ReflectiveOperationException {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Object instance = signal.getConstructor(String.class).newInstance(name);
            return signal.getMethod("handle", signal, handlerType())
                    .invoke(null, instance, handler);
        }

        static Class<?> handlerType() throws ClassNotFoundException {
            return Class.forName("sun.misc.SignalHandler");
        }

        static int number(Object signal) {
            try {
                return (Integer) signal.getClass().getMethod("getNumber").invoke(signal);
            } catch (ReflectiveOperationException e) {
                return 0;
            }
        }
    }
}
