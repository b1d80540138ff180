package dev.pounce.launcher;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;

/**
 * {@code sun.misc.Signal} by reflection, because the compiler's warning about naming it cannot be
 * suppressed.
 */
final class NativeSignal {

    private NativeSignal() {}

    /**
     * Has a signal handled by a thread of the JVM's own for each that comes.
     *
     * @param name without its SIG
     * @return the handler that did it before
     * @throws ReflectiveOperationException when the platform or the JVM's options do not allow it
     */
    static Object handle(String name, Consumer<Object> handler)
            throws ReflectiveOperationException {
        MethodHandle accept =
                MethodHandles.lookup()
                        .findVirtual(
                                Consumer.class,
                                "accept",
                                MethodType.methodType(void.class, Object.class))
                        .bindTo(handler);
        return restore(name, MethodHandleProxies.asInterfaceInstance(handlerType(), accept));
    }

    /** Has a signal handled as {@link #handle} said that it was before. */
    static Object restore(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object instance = signal.getConstructor(String.class).newInstance(name);
        return signal.getMethod("handle", signal, handlerType()).invoke(null, instance, handler);
    }

    /** Has this process get a signal. */
    static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object instance = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("raise", signal).invoke(null, instance);
    }

    private static Class<?> handlerType() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    /** Whether a handler is the one that stands for ignoring a signal. */
    static boolean isIgnored(Object handler) throws ReflectiveOperationException {
        return handler.equals(handlerType().getField("SIG_IGN").get(null));
    }

    static int number(Object signal) {
        try {
            return (Integer) signal.getClass().getMethod("getNumber").invoke(signal);
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }

    /** Why a signal could not be taken over, for logs. */
    static String cause(ReflectiveOperationException e) {
        return String.valueOf(e instanceof InvocationTargetException ? e.getCause() : e);
    }
}
