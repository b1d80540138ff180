package dev.pounce.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps new connections out of this process's listeners, so that these can be accepted empty and
 * closed: the kernel resets whatever waits in the queue of a listener that closes. A socket filter
 * drops each SYN; a client tries again after a second and is refused. Linux only.
 */
public final class ListenerFence {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerFence.class);
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final String LISTENING = "0A";

    /** Classic BPF over the TCP header: code, jump if true, jump if false, operand. */
    private static final int[][] DROP_SYN = {
        {0x30, 0, 0, 13},
        {0x45, 0, 1, 0x02},
        {0x06, 0, 0, 0},
        {0x06, 0, 0, 0xffff},
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
        try {
            Set<String> sockets = listeningSockets(port);
            boolean fenced = false;
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
                for (Path each : all) {
                    if (sockets.contains(target(each))) {
                        attach(Integer.parseInt(each.getFileName().toString()));
                        fenced = true;
                    }
                }
            }
            return fenced;
        } catch (Throwable e) {
            LOG.info("listeners close without a fence: {}", e.toString());
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Set<String> listeningSockets(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        String suffix = String.format(":%04X", port);
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            if (!Files.isReadable(Path.of(table))) {
                continue;
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > 9
                        && columns[1].endsWith(suffix)
                        && columns[3].equals(LISTENING)) {
                    sockets.add("socket:[" + columns[9] + "]");
                }
            }
        }
        return sockets;
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static void attach(int descriptor) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle setsockopt =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setsockopt"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocate(8L * DROP_SYN.length, 8);
            for (int i = 0; i < DROP_SYN.length; i++) {
                long at = 8L * i;
                filter.set(ValueLayout.JAVA_SHORT, at, (short) DROP_SYN[i][0]);
                filter.set(ValueLayout.JAVA_BYTE, at + 2, (byte) DROP_SYN[i][1]);
                filter.set(ValueLayout.JAVA_BYTE, at + 3, (byte) DROP_SYN[i][2]);
                filter.set(ValueLayout.JAVA_INT, at + 4, DROP_SYN[i][3]);
            }
            MemorySegment program = arena.allocate(16, 8);
            program.set(ValueLayout.JAVA_SHORT, 0, (short) DROP_SYN.length);
            program.set(ValueLayout.ADDRESS, 8, filter);
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
