package dev.pounce.files;

import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Serves the files of a webapp's folders to GET and HEAD. Hidden files but those of /.well-known
 * (RFC 8615), the sources of JSP pages and whatever a symbolic link leads to outside of the folder
 * do not exist; WEB-INF and META-INF do not for clients (Servlet specification, section 10.5).
 * Thread-safe; reads files, so its caller may wait.
 */
public final class StaticFiles {
    private static final String ALLOW = "GET, HEAD, OPTIONS";
    private static final int PIECE = 32 << 10;
    private static final List<String> SOURCES = List.of(".jsp", ".jspx", ".jspf");

    private final List<Path> roots;
    private final List<String> welcomeFiles;

    /**
     * @param roots the folders; a file of an earlier one hides those of the same name
     * @param welcomeFiles names of files that answer for a folder
     * @throws IOException when a folder cannot be read
     */
    public StaticFiles(List<Path> roots, List<String> welcomeFiles) throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path root : roots) {
            real.add(root.toRealPath());
        }
        this.roots = List.copyOf(real);
        this.welcomeFiles = List.copyOf(welcomeFiles);
    }

    /** Answers a request of any method; the response is not ended. */
    public void serve(FileExchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> answer(exchange);
            case "OPTIONS" -> {
                exchange.field("Allow", ALLOW);
                exchange.status(204);
            }
            default -> {
                exchange.field("Allow", ALLOW);
                if (RequestHead.isStandardMethod(exchange.method())) {
                    exchange.error(405, "POUNCE_ROUTE_METHOD");
                } else {
                    exchange.error(501, "POUNCE_ROUTE_METHOD_UNKNOWN");
                }
            }
        }
    }

    private void answer(FileExchange exchange) throws IOException {
        String path = exchange.path();
        Path file = find(exchange, path);
        if (file != null && Files.isDirectory(file)) {
            if (!path.endsWith("/")) {
                exchange.field("Location", exchange.folderLocation());
                exchange.status(302);
                return;
            }
            file = welcome(exchange, path);
        } else if (path.endsWith("/")) {
            file = null;
        }
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            notFound(exchange);
            return;
        }
        send(exchange, file);
    }

    private static void notFound(FileExchange exchange) throws IOException {
        exchange.error(404, "POUNCE_ROUTE_NOT_FOUND");
    }

    private @Nullable Path welcome(FileExchange exchange, String folder) {
        for (String name : welcomeFiles) {
            Path file = find(exchange, folder + name);
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    /** The real file or folder of a path, or null when there is none for who asks. */
    private @Nullable Path find(FileExchange exchange, String path) {
        for (Path root : roots) {
            Path found = find(root, path, exchange.isDispatched());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path find(Path root, String path, boolean dispatched) {
        try {
            Path named = root.resolve(path.substring(1));
            if (!isShown(root, named, dispatched)) {
                return null;
            }
            Path real = named.toRealPath();
            boolean shown = isShown(root, real, dispatched) && !isOtherSpelling(named, real);
            return shown ? real : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** Asked of the name and of the file behind it: a link may lead anywhere. */
    private static boolean isShown(Path root, Path file, boolean dispatched) {
        if (!file.startsWith(root)) {
            return false;
        }
        Path relative = root.relativize(file);
        for (int i = 0; i < relative.getNameCount(); i++) {
            String segment = relative.getName(i).toString();
            boolean wellKnown = i == 0 && segment.equals(".well-known");
            if (segment.startsWith(".") && !wellKnown) {
                return false;
            }
        }
        String name = relative.toString().toLowerCase(Locale.ROOT);
        if (SOURCES.stream().anyMatch(name::endsWith)) {
            return false;
        }
        return dispatched || !isClosed("/" + name.replace('\\', '/'));
    }

    /**
     * Whether a path is one that clients never see, whoever would answer it, and dispatches do
     * (Servlet specification, section 10.5).
     *
     * @param path begins with a slash and is relative to the context path
     */
    public static boolean isClosed(String path) {
        return isIn("/WEB-INF", path) || isIn("/META-INF", path);
    }

    private static boolean isIn(String folder, String path) {
        int length = folder.length();
        return path.regionMatches(true, 0, folder, 0, length)
                && (path.length() == length || path.charAt(length) == '/');
    }

    /**
     * Whether a file system that does not tell cases or forms of letters apart has found a file by
     * another spelling of its name: filters and constraints have not seen the right one.
     */
    private static boolean isOtherSpelling(Path named, Path real) {
        String asked = named.toString();
        String found = real.toString();
        return !asked.equals(found)
                && Normalizer.normalize(asked, Normalizer.Form.NFC)
                        .equalsIgnoreCase(Normalizer.normalize(found, Normalizer.Form.NFC));
    }

    private static void send(FileExchange exchange, Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            notFound(exchange);
            return;
        }
        Validators validators = Validators.of(attributes);
        exchange.field("ETag", validators.etag());
        exchange.field("Last-Modified", validators.lastModified());
        if (validators.isNotModified(exchange)) {
            exchange.status(304);
            return;
        }
        exchange.field("Content-Type", exchange.mediaType(file.getFileName().toString()));
        exchange.contentLength(attributes.size());
        if (exchange.method().equals("GET")) {
            write(exchange, file, attributes.size());
        }
    }

    /** Never more than was declared: a file may grow while it is read. */
    private static void write(FileExchange exchange, Path file, long size) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[(int) Math.min(size, PIECE)];
            long left = size;
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(left, piece.length));
                if (count < 0) {
                    return;
                }
                exchange.write(piece, 0, count);
                left -= count;
            }
        }
    }
}
