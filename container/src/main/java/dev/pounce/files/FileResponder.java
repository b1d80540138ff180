package dev.pounce.files;

import dev.pounce.config.CacheRule;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.Negotiation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The response to a GET or HEAD for a file that was found: which representation of it, whether it
 * is to be sent at all, and which parts of it. Thread-safe.
 *
 * @param precompressed whether files that hold others encoded count
 * @param cacheRules the first one that matches gives Cache-Control
 * @param maxRanges that one request may ask for
 */
record FileResponder(
        boolean precompressed, List<CacheRule> cacheRules, int maxRanges, FileCache.Part cache) {

    private static final Map<ContentCoding, String> EXTENSIONS =
            Map.of(ContentCoding.ZSTD, ".zst", ContentCoding.GZIP, ".gz");

    /** Looks at what belongs to a file that was found; waits for the disk. */
    KnownFile look(FoundFile file, long now) {
        Map<ContentCoding, Representation> encoded = new EnumMap<>(ContentCoding.class);
        if (precompressed) {
            EXTENSIONS.forEach(
                    (coding, extension) -> {
                        FoundFile beside = file.beside(extension);
                        if (beside != null && beside.modifiedMillis() >= file.modifiedMillis()) {
                            encoded.put(coding, Representation.of(beside, coding, now));
                        }
                    });
        }
        Representation plain = Representation.of(file, ContentCoding.IDENTITY, now);
        boolean settled =
                plain.validators().settled()
                        && encoded.values().stream().allMatch(each -> each.validators().settled());
        return new KnownFile(file, plain, encoded, cacheControl(file), settled);
    }

    private @Nullable String cacheControl(FoundFile file) {
        for (CacheRule rule : cacheRules) {
            if (rule.matches(file.path())) {
                return rule.value();
            }
        }
        return null;
    }

    /** False, with nothing said, when the file is not the one any more that was found. */
    boolean answer(FileExchange exchange, KnownFile file) throws IOException {
        return exchange.isPart() ? copy(exchange, file.file()) : negotiate(exchange, file);
    }

    /** The file's bytes inside of somebody else's response. */
    private boolean copy(FileExchange exchange, FoundFile file) throws IOException {
        try (FileContent content = cache.open(file, System.currentTimeMillis())) {
            if (content == null) {
                return false;
            }
            exchange.field("Content-Type", exchange.mediaType(file.name()));
            if (exchange.method().equals("GET")) {
                content.sendAll(exchange);
            }
            return true;
        }
    }

    private boolean negotiate(FileExchange exchange, KnownFile known) throws IOException {
        FoundFile file = known.file();
        Map<ContentCoding, Representation> encoded =
                exchange.isDirect() ? known.encoded() : Map.of();
        Negotiation negotiation = Representation.negotiate(exchange, encoded.keySet());
        ByteRanges ranges = ranges(exchange, known.plain(), negotiation);
        Representation coded = ranges == null ? encoded.get(negotiation.coding()) : null;
        Representation chosen = coded == null ? known.plain() : coded;
        boolean varies = !encoded.isEmpty();
        return switch (Preconditions.evaluate(exchange, chosen.validators())) {
            case FAILED -> {
                exchange.error(412, "POUNCE_ROUTE_PRECONDITION");
                yield true;
            }
            case NOT_MODIFIED -> {
                describe(exchange, known, chosen, varies);
                whole(exchange, file, chosen);
                exchange.status(304);
                yield true;
            }
            case PROCEED -> {
                if (ranges != null && ranges.list().isEmpty()) {
                    exchange.field("Content-Range", "bytes */" + file.size());
                    exchange.error(416, "POUNCE_ROUTE_RANGE");
                    yield true;
                }
                yield send(exchange, known, chosen, ranges, varies);
            }
        };
    }

    /**
     * What is asked for of the representation without a coding; null for all. Parts of an encoded
     * one are of no use to most clients, so Range chooses the plain one, unless the client refuses
     * it.
     */
    private @Nullable ByteRanges ranges(
            FileExchange exchange, Representation plain, Negotiation negotiation) {
        if (!exchange.method().equals("GET") || !negotiation.identityAcceptable()) {
            return null;
        }
        List<String> range = exchange.fields("Range");
        return range.isEmpty() || !Preconditions.isRangeWanted(exchange, plain.validators())
                ? null
                : ByteRanges.of(range, plain.file().size(), maxRanges);
    }

    private boolean send(
            FileExchange exchange,
            KnownFile known,
            Representation chosen,
            @Nullable ByteRanges ranges,
            boolean varies)
            throws IOException {
        FoundFile file = known.file();
        if (exchange.method().equals("HEAD")) {
            describe(exchange, known, chosen, varies);
            whole(exchange, file, chosen);
            return true;
        }
        try (FileContent content = cache.open(chosen.file(), System.currentTimeMillis())) {
            if (content == null) {
                return false;
            }
            describe(exchange, known, chosen, varies);
            if (ranges == null) {
                whole(exchange, file, chosen);
                content.sendAll(exchange);
            } else {
                parts(exchange, file, content, ranges.list());
            }
            return true;
        }
    }

    /** What every response has that is about a representation (RFC 9110 section 15.3.7). */
    private void describe(
            FileExchange exchange, KnownFile known, Representation chosen, boolean varies) {
        exchange.field("ETag", chosen.etag());
        exchange.field("Last-Modified", chosen.lastModified());
        exchange.field("Accept-Ranges", "bytes");
        if (varies) {
            exchange.addField("Vary", "Accept-Encoding");
        }
        String cacheControl = known.cacheControl();
        if (cacheControl != null && !exchange.hasField("Cache-Control")) {
            exchange.field("Cache-Control", cacheControl);
        }
    }

    private static void whole(FileExchange exchange, FoundFile file, Representation chosen) {
        exchange.field("Content-Type", exchange.mediaType(file.name()));
        if (chosen.coding() != ContentCoding.IDENTITY) {
            exchange.field("Content-Encoding", chosen.coding().token());
        }
        exchange.contentLength(chosen.file().size());
    }

    private static void parts(
            FileExchange exchange, FoundFile file, FileContent content, List<ByteRange> ranges)
            throws IOException {
        String mediaType = exchange.mediaType(file.name());
        exchange.status(206);
        if (ranges.size() == 1) {
            ByteRange range = ranges.get(0);
            exchange.field("Content-Type", mediaType);
            exchange.field("Content-Range", range.contentRange(file.size()));
            exchange.contentLength(range.length());
            content.send(exchange, range);
            return;
        }
        MultipartRanges multipart = new MultipartRanges(ranges, mediaType, file.size());
        exchange.field("Content-Type", multipart.mediaType());
        exchange.contentLength(multipart.length());
        multipart.send(exchange, content);
    }
}
