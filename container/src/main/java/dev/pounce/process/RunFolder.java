package dev.pounce.process;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code run} of a server's base, which only its user can enter: the pid file, the
 * control socket, and a lock that the server holds as long as it lives.
 */
public final class RunFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    /** {@code sun_path} has 108 bytes on Linux and 104 on macOS, the zero at the end included. */
    private static final int MAX_SOCKET_PATH = 103;

    private final Path folder;

    /**
     * @param base the server's base
     */
    public RunFolder(Path base) {
        folder = base.toAbsolutePath().normalize().resolve("run");
    }

    /** The file that says which server runs. */
    public Path pidFile() {
        return folder.resolve("pounce.pid");
    }

    /**
     * What the pid file says.
     *
     * @throws IOException when it cannot be read
     */
    public Optional<PidFile> server() throws IOException {
        return PidFile.read(pidFile());
    }

    /**
     * Makes the folder, and closes it to others.
     *
     * @throws IOException when that is not possible, or it is another user's
     */
    public void create() throws IOException {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        try {
            Files.createDirectory(folder, ownerOnly);
            return;
        } catch (FileAlreadyExistsException e) {
            // it is looked at below
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().isDirectory()) {
            throw new IOException(folder + " is no directory");
        }
        if (!view.readAttributes().permissions().equals(OWNER_ONLY)) {
            view.setPermissions(OWNER_ONLY);
        }
    }

    /**
     * Where the control socket is to be: in the folder, or in one of its own among temporary files
     * where that path is too long for a socket.
     *
     * @throws IOException when there can be no such folder
     */
    public Path socket() throws IOException {
        Path usual = folder.resolve("control.sock");
        if (usual.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH) {
            return usual;
        }
        Path other =
                Files.createTempDirectory(
                        "pounce-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return other.resolve("control.sock");
    }

    /** Deletes a control socket, and the folder that was made for it. */
    public void deleteSocket(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        Path parent = socket.getParent();
        if (parent != null && !parent.equals(folder)) {
            Files.deleteIfExists(parent);
        }
    }

    /**
     * Takes the lock that says that a server of this base lives. It ends with the process, however
     * that ends.
     *
     * @return null when another process has it
     */
    public @Nullable FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // another server in this process
        }
        channel.close();
        return null;
    }
}
