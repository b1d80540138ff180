package dev.pounce.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Keeps new connections out of this process's listeners, so that these can be accepted empty and
 * closed: the kernel resets whatever waits in the queue of a listener that closes. A socket filter
 * drops each SYN; a client tries again after a second and is refused. Linux only.
 */
public final class ListenerFence {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerFence.class);
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_ACCEPTCONN = 30;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** The port is at the same place in addresses of both families, in network byte order. */
    private static final ValueLayout.OfShort PORT =
            ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final long PORT_AT = 2;
    private static final int ADDRESS_BYTES = 128;

    /** Classic BPF over the TCP header: code, jump if true, jump if false, operand. */
    private static final int[][] DROP_SYN = {
        {0x30, 0, 0, 13},
        {0x45, 0, 1, 0x02},
        {0x06, 0, 0, 0},
        {0x06, 0, 0, -1},
    };

    private ListenerFence() {}

    /**
     * Fences all listeners of this process on a port.
     *
     * @return whether they are fenced; false elsewhere than on Linux or where the kernel refuses
     */
    public static boolean raise(int port) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            Sockets sockets = new Sockets();
            boolean fenced = false;
            for (Path each : all) {
                int descriptor = Integer.parseInt(each.getFileName().toString());
                if (sockets.isListening(descriptor, port)) {
                    sockets.attach(descriptor, DROP_SYN);
                    fenced = true;
                }
            }
            return fenced;
        } catch (Throwable e) {
            LOG.info("listeners close without a fence: {}", e.toString());
            return false;
        }
    }

    /** The system's calls. */
    @SuppressWarnings("restricted") // the launcher enables native access
    private static final class Sockets {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
        private final Linker linker = Linker.nativeLinker();
        private final MethodHandle getsockopt =
                call("getsockopt", INT, INT, INT, INT, ADDRESS, ADDRESS);
        private final MethodHandle setsockopt =
                call("setsockopt", INT, INT, INT, INT, ADDRESS, INT);
        private final MethodHandle getsockname = call("getsockname", INT, INT, ADDRESS, ADDRESS);

        private MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, arguments));
        }

        /** Asks the descriptor itself: the system's tables list every connection there ever was. */
        boolean isListening(int descriptor, int port) throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment accepts = arena.allocate(INT);
                MemorySegment length = arena.allocateFrom(INT, (int) INT.byteSize());
                int result =
                        (int)
                                getsockopt.invokeExact(
                                        descriptor, SOL_SOCKET, SO_ACCEPTCONN, accepts, length);
                return result == 0 && accepts.get(INT, 0) != 0 && localPort(descriptor) == port;
            }
        }

        private int localPort(int descriptor) throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
                MemorySegment length = arena.allocateFrom(INT, ADDRESS_BYTES);
                int result = (int) getsockname.invokeExact(descriptor, address, length);
                return result == 0 ? Short.toUnsignedInt(address.get(PORT, PORT_AT)) : -1;
            }
        }

        void attach(int descriptor, int[][] code) throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment filter = arena.allocate(8L * code.length, 8);
                for (int i = 0; i < code.length; i++) {
                    long at = 8L * i;
                    filter.set(ValueLayout.JAVA_SHORT, at, (short) code[i][0]);
                    filter.set(ValueLayout.JAVA_BYTE, at + 2, (byte) code[i][1]);
                    filter.set(ValueLayout.JAVA_BYTE, at + 3, (byte) code[i][2]);
                    filter.set(INT, at + 4, code[i][3]);
                }
                MemorySegment program = arena.allocate(16, 8);
                program.set(ValueLayout.JAVA_SHORT, 0, (short) code.length);
                program.set(ADDRESS, 8, filter);
                int result =
                        (int)
                                setsockopt.invokeExact(
                                        descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program, 16);
                if (result != 0) {
                    throw new IOException("the socket filter was refused");
                }
            }
        }
    }
}
