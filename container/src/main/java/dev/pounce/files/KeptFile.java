package dev.pounce.files;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.exchange.SharedContent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A file whose bytes and coded forms are kept by a {@link FileCache}. Thread-safe. */
final class KeptFile implements FileContent, SharedContent {
    private final FileCache cache;
    private final FileCache.Key key;
    private final FoundFile file;
    private final byte[] bytes;
    private final AtomicReferenceArray<byte @Nullable []> coded =
            new AtomicReferenceArray<>(ContentCoding.values().length);

    KeptFile(FileCache cache, FileCache.Key key, FoundFile file, byte[] bytes) {
        this.cache = cache;
        this.key = key;
        this.file = file;
        this.bytes = bytes;
    }

    /** Whether this is what a look at the file found. */
    boolean isOf(FoundFile found) {
        return file.isSame(found);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public byte @Nullable [] coded(ContentCoding coding) {
        return coded.get(coding.ordinal());
    }

    /** Several threads may encode at once; one form is kept. */
    @Override
    public void keep(ContentCoding coding, byte[] form) {
        if (coded.compareAndSet(coding.ordinal(), null, form)) {
            cache.grown(key, this, form.length);
        }
    }

    @Override
    public void sendAll(FileExchange exchange) throws IOException {
        exchange.finish(this);
    }

    @Override
    public void send(FileExchange exchange, ByteRange part) throws IOException {
        exchange.write(bytes, (int) part.first(), (int) part.length());
    }

    @Override
    public void close() {
        // it stays with the cache
    }
}
