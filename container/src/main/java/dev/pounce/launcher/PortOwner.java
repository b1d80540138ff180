package dev.pounce.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the process that listens on a port, through Linux's {@code /proc}. What it cannot see, for
 * want of rights or of a {@code /proc}, it leaves out.
 *
 * @param pid the process id
 * @param command the process's name, as the kernel keeps it
 */
record PortOwner(long pid, String command) {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    /**
     * The process whose listening socket keeps others from listening on the address and port.
     *
     * @param address where one tried to listen
     */
    static Optional<PortOwner> of(InetAddress address, int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(PROC.resolve(table))) {
                String[] columns = line.strip().split("\\s+");
                if (isListener(columns, address, port)) {
                    sockets.add("socket:[" + columns[9] + "]");
                }
            }
        }
        return sockets.isEmpty() ? Optional.empty() : processWith(sockets);
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Columns, after proc_pid_net(5): local address 1, state 3, inode 9. */
    private static boolean isListener(String[] columns, InetAddress address, int port) {
        if (columns.length < 10 || !columns[3].equals(LISTEN)) {
            return false;
        }
        int colon = columns[1].indexOf(':');
        InetAddress local = address(columns[1].substring(0, colon));
        return Integer.parseInt(columns[1].substring(colon + 1), 16) == port
                && (local.isAnyLocalAddress()
                        || address.isAnyLocalAddress()
                        || local.equals(address));
    }

    /** The kernel prints an address as 32-bit words in the byte order of the machine. */
    private static InetAddress address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int word = 0; word < bytes.length; word += 4) {
                swap(bytes, word, word + 3);
                swap(bytes, word + 1, word + 2);
            }
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(hex, e);
        }
    }

    private static void swap(byte[] bytes, int i, int j) {
        byte kept = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = kept;
    }

    private static Optional<PortOwner> processWith(Set<String> sockets) {
        for (Path process : list(PROC, "[0-9]*")) {
            for (Path descriptor : list(process.resolve("fd"), "*")) {
                if (sockets.contains(target(descriptor))) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    return Optional.of(new PortOwner(pid, command(process)));
                }
            }
        }
        return Optional.empty();
    }

    /** Processes and descriptors come and go, and most of them are somebody else's. */
    private static List<Path> list(Path directory, String glob) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return entries;
        }
        return entries;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + command + ")";
    }
}
