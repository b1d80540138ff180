package dev.pounce.process;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Tells a service manager what happens, as sd_notify(3) does: datagrams to the socket that {@code
 * NOTIFY_SOCKET} names, a path or, behind an {@code @}, a name without a file. Java has no datagram
 * sockets of that family, so the C library is called. Where nobody wants to be told nothing
 * happens; what cannot be sent is logged once. Thread-safe.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int CLOCK_MONOTONIC = 1;

    /** {@code sun_path} of a sockaddr_un. */
    private static final int MAX_NAME = 108;

    private static final int FAMILY_BYTES = 2;

    private final @Nullable String address;
    private final Duration watchdog;
    private volatile boolean failed;

    /**
     * @param environment the environment variables of this process
     */
    public ServiceManager(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        address = linux && socket != null && !socket.isEmpty() ? socket : null;
        watchdog = address == null ? Duration.ZERO : watchdog(environment);
    }

    private static Duration watchdog(Map<String, String> environment) {
        String pid = environment.get("WATCHDOG_PID");
        if (pid != null && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return Duration.ZERO;
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return Duration.ofNanos(Math.max(0, Math.multiplyExact(micros, 1000)));
        } catch (NumberFormatException | ArithmeticException e) {
            LOG.warn("WATCHDOG_USEC is {}, which is no number", environment.get("WATCHDOG_USEC"));
            return Duration.ZERO;
        }
    }

    /** Whether somebody wants to be told. */
    public boolean isThere() {
        return address != null;
    }

    /** Within which time {@link #alive} has to come again and again; zero when it is not wanted. */
    public Duration watchdog() {
        return watchdog;
    }

    /** It serves. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + line(status));
    }

    /** It reads its configuration again; {@link #ready} says that this is over. */
    public void reloading() {
        if (isThere()) {
            send("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicros());
        }
    }

    /**
     * It ends.
     *
     * @param within how long that may take
     */
    public void stopping(Duration within) {
        send("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + within.toMillis() * 1000);
    }

    /** It does its work. */
    public void alive() {
        send("WATCHDOG=1");
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }

    private static long monotonicMicros() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            int result = (int) Native.CLOCK_GETTIME.invokeExact(CLOCK_MONOTONIC, time);
            if (result == 0) {
                return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000
                        + time.get(ValueLayout.JAVA_LONG, 8) / 1000;
            }
        } catch (Throwable e) {
            LOG.debug("the clock cannot be read", e);
        }
        return System.nanoTime() / 1000;
    }

    private void send(String message) {
        String to = address;
        if (to == null) {
            return;
        }
        try {
            send(to, message.getBytes(StandardCharsets.UTF_8));
        } catch (Throwable e) {
            if (!failed) {
                failed = true;
                LOG.warn("the service manager at {} cannot be told: {}", to, e.toString());
            }
        }
    }

    private static void send(String to, byte[] message) throws Throwable {
        byte[] name = to.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name[0] == '@';
        if (!isAbstract && name[0] != '/') {
            throw new IOException("it has to begin with / or @");
        }
        if (name.length > MAX_NAME - (isAbstract ? 0 : 1)) {
            throw new IOException("it is too long");
        }
        if (isAbstract) {
            name[0] = 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            // a path ends with a zero, a name without a file with the address
            int length = FAMILY_BYTES + name.length + (isAbstract ? 0 : 1);
            MemorySegment target = arena.allocate(FAMILY_BYTES + MAX_NAME, 8);
            target.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, target, ValueLayout.JAVA_BYTE, FAMILY_BYTES, name.length);
            MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            int socket = (int) Native.SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (socket < 0) {
                throw new IOException("there is no socket for it");
            }
            try {
                long sent =
                        (long)
                                Native.SENDTO.invokeExact(
                                        socket,
                                        content,
                                        (long) message.length,
                                        MSG_NOSIGNAL,
                                        target,
                                        length);
                if (sent != message.length) {
                    throw new IOException("nobody listens there, or this process may not");
                }
            } finally {
                int ignored = (int) Native.CLOSE.invokeExact(socket);
            }
        }
    }

    /** The functions of the C library; made when they are needed first, which takes a while. */
    private static final class Native {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

        static final MethodHandle SOCKET =
                call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
        static final MethodHandle SENDTO =
                call(
                        "sendto",
                        FunctionDescriptor.of(
                                LONG,
                                INT,
                                ValueLayout.ADDRESS,
                                LONG,
                                INT,
                                ValueLayout.ADDRESS,
                                INT));
        static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
        static final MethodHandle CLOCK_GETTIME =
                call("clock_gettime", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));

        private Native() {}

        @SuppressWarnings("restricted") // the launcher enables native access
        private static MethodHandle call(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
        }
    }
}
