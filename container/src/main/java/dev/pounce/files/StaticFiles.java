package dev.pounce.files;

import dev.pounce.config.CacheRule;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.StaticFilesConfig;
import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves the files of a webapp's folders to GET and HEAD. Hidden files but those of /.well-known
 * (RFC 8615), the sources of JSP pages and whatever a symbolic link leads to outside of the folder
 * do not exist; WEB-INF and META-INF do not for clients (Servlet specification, section 10.5).
 * Thread-safe; reads files, so its caller may wait.
 */
public final class StaticFiles {
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    /** How often a file may be replaced between two looks at it. */
    private static final int ATTEMPTS = 3;

    private final FileFinder finder;
    private final List<String> welcomeFiles;
    private final FileResponder responder;
    private final KnownFiles known;

    /**
     * @param roots the folders; a file of an earlier one hides those of the same name
     * @param welcomeFiles names of files that answer for a folder
     * @param config of whose settings those of files count; developers see every change at once
     * @param cache keeps what is asked for often
     * @throws IOException when a folder cannot be read
     */
    public StaticFiles(
            List<Path> roots, List<String> welcomeFiles, ServerConfig config, FileCache.Part cache)
            throws IOException {
        StaticFilesConfig settings = config.staticFiles();
        this.finder = new FileFinder(roots);
        this.welcomeFiles = List.copyOf(welcomeFiles);
        List<CacheRule> rules = settings.cacheRules();
        this.responder =
                new FileResponder(settings.precompressed(), rules, settings.maxRanges(), cache);
        boolean developing = config.development().enabled();
        this.known = new KnownFiles(developing ? 0 : settings.checkAfter().toMillis());
    }

    /** Answers a request of any method; the response may not be ended. */
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
        long now = System.currentTimeMillis();
        KnownFile remembered = exchange.isDispatched() ? null : known.find(path, now);
        if (remembered != null) {
            if (responder.answer(exchange, remembered)) {
                return;
            }
            known.remove(path);
        }
        look(exchange, path, now);
    }

    private void look(FileExchange exchange, String path, long now) throws IOException {
        boolean asFolder = path.endsWith("/");
        for (int i = 0; i < ATTEMPTS; i++) {
            FoundFile found = find(path, exchange.isDispatched());
            if (found != null && found.isFolder() && !asFolder) {
                exchange.field("Location", exchange.folderLocation());
                exchange.status(302);
                return;
            }
            FoundFile file = asFolder ? welcome(found, exchange) : found;
            if (file == null || !file.isRegular()) {
                exchange.error(404, "POUNCE_ROUTE_NOT_FOUND");
                return;
            }
            KnownFile looked = responder.look(file, now);
            if (responder.answer(exchange, looked)) {
                if (!exchange.isDispatched()) {
                    known.put(path, looked, now);
                }
                return;
            }
        }
        throw new IOException(path + " is being replaced by another file all the time");
    }

    private @Nullable FoundFile welcome(@Nullable FoundFile folder, FileExchange exchange) {
        if (folder == null || !folder.isFolder()) {
            return null;
        }
        for (String name : welcomeFiles) {
            FoundFile file = find(exchange.path() + name, exchange.isDispatched());
            if (file != null && file.isRegular()) {
                return file;
            }
        }
        return null;
    }

    private @Nullable FoundFile find(String path, boolean dispatched) {
        Path real = finder.find(path, dispatched);
        return real == null ? null : FoundFile.of(path, real);
    }
}
