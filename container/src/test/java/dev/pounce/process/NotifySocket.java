package dev.pounce.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A service manager's end of sd_notify(3): a datagram socket, which Java has none of. Linux. */
public final class NotifySocket implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final long SECONDS = 30;

    private final int socket;

    /**
     * @param address a path, or an @ and a name without a file
     */
    public NotifySocket(String address) throws Throwable {
        socket = (int) call("socket", INT, INT, INT, INT).invokeExact(AF_UNIX, SOCK_DGRAM, 0);
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name[0] == '@';
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment to = arena.allocate(110, 8);
            to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, 2, name.length);
            if (isAbstract) {
                to.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
            }
            int length = 2 + name.length + (isAbstract ? 0 : 1);
            int bound =
                    (int)
                            call("bind", INT, INT, ValueLayout.ADDRESS, INT)
                                    .invokeExact(socket, to, length);
            MemorySegment timeout = arena.allocate(16, 8);
            timeout.set(LONG, 0, SECONDS);
            int set =
                    (int)
                            call("setsockopt", INT, INT, INT, INT, ValueLayout.ADDRESS, INT)
                                    .invokeExact(socket, SOL_SOCKET, SO_RCVTIMEO, timeout, 16);
            if (socket < 0 || bound != 0 || set != 0) {
                throw new IOException("no datagram socket at " + address);
            }
        }
    }

    /** The next datagram, for which it waits. */
    public String receive() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536);
            long length =
                    (long)
                            call("recv", LONG, INT, ValueLayout.ADDRESS, LONG, INT)
                                    .invokeExact(socket, buffer, 65536L, 0);
            if (length < 0) {
                throw new IOException("nothing was sent for " + SECONDS + " s");
            }
            return new String(
                    buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE),
                    StandardCharsets.UTF_8);
        }
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    @Override
    public void close() throws IOException {
        try {
            int ignored = (int) call("close", INT, INT).invokeExact(socket);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }
}
