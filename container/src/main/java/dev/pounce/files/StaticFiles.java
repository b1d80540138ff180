package dev.pounce.files;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.RequestTarget;
import dev.pounce.route.Handler;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * Serves the files of a webapp's folder to GET and HEAD. Hidden files, WEB-INF, META-INF (Servlet
 * specification, section 10.5) and whatever a symbolic link leads to outside of the folder do not
 * exist for clients. Thread-safe; reads files, so it runs on virtual threads.
 */
public final class StaticFiles implements Handler {
    private static final String ALLOW = "GET, HEAD, OPTIONS";
    private static final String WELCOME_FILE = "index.html";
    private static final int PIECE = 32 << 10;

    private final String contextPath;
    private final Path root;

    /**
     * @param contextPath what is taken off the path to get a file's name
     * @param root the folder
     * @throws IOException when the folder cannot be read
     */
    public StaticFiles(String contextPath, Path root) throws IOException {
        this.contextPath = contextPath;
        this.root = root.toRealPath();
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Response response = exchange.response();
        switch (exchange.request().method()) {
            case "GET", "HEAD" -> serve(exchange, response);
            case "OPTIONS" -> {
                response.fields().set("Allow", ALLOW);
                response.status(204);
                response.finish();
            }
            default -> {
                response.fields().set("Allow", ALLOW);
                ErrorResponse.send(response, 405, "POUNCE_ROUTE_METHOD");
            }
        }
    }

    private void serve(Exchange exchange, Response response) throws IOException {
        String path = exchange.path().substring(contextPath.length());
        Path file = resolve(path);
        if (file != null && Files.isDirectory(file)) {
            if (!path.endsWith("/")) {
                redirectToFolder(exchange, response);
                return;
            }
            file = resolve(path + WELCOME_FILE);
        } else if (path.endsWith("/")) {
            file = null;
        }
        if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            notFound(response);
            return;
        }
        send(exchange, response, file);
    }

    private static void notFound(Response response) throws IOException {
        ErrorResponse.send(response, 404, "POUNCE_ROUTE_NOT_FOUND");
    }

    /** The real file or folder of a path, or null when there is none for clients. */
    private @Nullable Path resolve(String path) {
        try {
            Path named = root.resolve(path.substring(1));
            if (!isPublic(named)) {
                return null;
            }
            Path real = named.toRealPath();
            return isPublic(real) ? real : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** Asked of the name and of the file behind it: a link may lead anywhere. */
    private boolean isPublic(Path file) {
        if (!file.startsWith(root)) {
            return false;
        }
        Path relative = root.relativize(file);
        for (Path segment : relative) {
            if (segment.toString().startsWith(".")) {
                return false;
            }
        }
        String first = relative.getName(0).toString().toUpperCase(Locale.ROOT);
        return !first.equals("WEB-INF") && !first.equals("META-INF");
    }

    /** Built from the normalised path: one that begins with two slashes would name another host. */
    private static void redirectToFolder(Exchange exchange, Response response) throws IOException {
        String query = exchange.request().rawQuery();
        String location =
                RequestTarget.encode(exchange.path()) + "/" + (query == null ? "" : "?" + query);
        response.status(302);
        response.fields().set("Location", location);
        response.finish();
    }

    private static void send(Exchange exchange, Response response, Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            notFound(response);
            return;
        }
        Validators validators = Validators.of(attributes);
        response.fields().set("ETag", validators.etag());
        response.fields().set("Last-Modified", validators.lastModified());
        if (validators.isNotModified(exchange.request())) {
            response.status(304);
            response.finish();
            return;
        }
        response.fields().set("Content-Type", MediaTypes.of(file.getFileName().toString()));
        response.contentLength(attributes.size());
        if (exchange.request().method().equals("GET")) {
            write(response, file, attributes.size());
        }
        response.finish();
    }

    /** Never more than was declared: a file may grow while it is read. */
    private static void write(Response response, Path file, long size) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[(int) Math.min(size, PIECE)];
            long left = size;
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(left, piece.length));
                if (count < 0) {
                    return;
                }
                response.write(piece, 0, count);
                left -= count;
            }
        }
    }
}
