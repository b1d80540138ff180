package dev.pounce.files;

import dev.pounce.config.StaticFilesConfig;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the bytes of small files that are asked for often, and what encoding made of them, within a
 * bound for all webapps together; what was not asked for longest goes first. A file is taken in
 * when it is asked for a second time, so that a crawler does not push the others out, and only when
 * it has rested for a while, so that every change shows in its time or size. What is too large for
 * that is kept open ({@link OpenFiles}). Thread-safe.
 *
 * <p>Its lock is held for looking up and counting only, never for reading or encoding.
 */
public final class FileCache {

    /** What an entry costs beside the bytes of its file: path, attributes, map. */
    private static final int ENTRY_COST = 512;

    /** Files that were asked for once and are remembered for a while. */
    private static final int SEEN = 1024;

    private final long maxBytes;
    private final int maxFile;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Boolean> seen = new LinkedHashMap<>();
    private final OpenFiles openFiles = new OpenFiles();
    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    /** The file of a webapp. */
    record Key(Part part, Path file) {}

    private record Entry(KeptFile file, long cost) {}

    /**
     * What happened so far.
     *
     * @param entries files that are kept
     * @param bytes that they take, coded forms and what goes with them included
     * @param hits how often a file was there
     * @param misses how often one was not, or not as it is now
     * @param evictions files that had to make room
     */
    public record Counts(int entries, long bytes, long hits, long misses, long evictions) {}

    /** A cache that is bounded as the settings say. */
    public FileCache(StaticFilesConfig settings) {
        this.maxBytes = settings.memory();
        this.maxFile = settings.maxKept();
    }

    /** The part of one webapp. */
    public Part part() {
        return new Part();
    }

    /** What happened so far. */
    public synchronized Counts counts() {
        return new Counts(entries.size(), bytes, hits, misses, evictions);
    }

    /** The files of one webapp. When it is closed nothing is kept of them any more. */
    public final class Part implements AutoCloseable {
        private volatile boolean closed; // written under the cache's lock

        private Part() {}

        /**
         * The content of a file; null when it is not the one any more that was found. Waits for the
         * disk.
         */
        @Nullable FileContent open(FoundFile file, long now) throws IOException {
            boolean keepable =
                    file.size() <= maxFile
                            && file.size() + ENTRY_COST <= maxBytes
                            && Validators.isSettled(file, now);
            Key key = new Key(this, file.real());
            if (!keepable) {
                return Validators.isSettled(file, now)
                        ? openFiles.open(key, file, now)
                        : OpenFile.of(file);
            }
            KeptFile kept = find(key, file);
            return kept == null ? read(key, file) : kept;
        }

        private @Nullable FileContent read(Key key, FoundFile file) throws IOException {
            OpenFile open = OpenFile.of(file);
            if (open == null || !isSecond(key)) {
                return open;
            }
            byte[] content;
            try (open) {
                content = open.readAll();
            }
            if (content == null) {
                return null;
            }
            KeptFile kept = new KeptFile(FileCache.this, key, file, content);
            put(key, kept);
            return kept;
        }

        boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            synchronized (FileCache.this) {
                closed = true;
                entries.entrySet()
                        .removeIf(
                                each -> {
                                    boolean mine = each.getKey().part == this;
                                    bytes -= mine ? each.getValue().cost : 0;
                                    return mine;
                                });
                seen.keySet().removeIf(each -> each.part == this);
            }
            openFiles.close(key -> key.part == this);
        }
    }

    private synchronized @Nullable KeptFile find(Key key, FoundFile file) {
        Entry entry = entries.get(key);
        if (entry != null && entry.file.isOf(file)) {
            hits++;
            return entry.file;
        }
        misses++;
        if (entry != null) {
            entries.remove(key);
            bytes -= entry.cost;
            note(key);
        }
        return null;
    }

    /** Whether the file was asked for lately; if not, it was now. */
    private synchronized boolean isSecond(Key key) {
        if (key.part.closed) {
            return false;
        }
        if (seen.remove(key) != null) {
            return true;
        }
        note(key);
        return false;
    }

    private void note(Key key) {
        if (!key.part.closed) {
            seen.put(key, true);
            if (seen.size() > SEEN) {
                seen.remove(seen.keySet().iterator().next());
            }
        }
    }

    private synchronized void put(Key key, KeptFile file) {
        if (key.part.closed) {
            return;
        }
        Entry before = entries.put(key, new Entry(file, file.bytes().length + ENTRY_COST));
        bytes += file.bytes().length + ENTRY_COST - (before == null ? 0 : before.cost);
        evict();
    }

    /** A file has kept a coded form. */
    synchronized void grown(Key key, KeptFile file, int length) {
        Entry entry = entries.get(key);
        if (entry != null && entry.file == file) {
            entries.put(key, new Entry(file, entry.cost + length));
            bytes += length;
            evict();
        }
    }

    private void evict() {
        var eldest = entries.entrySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= eldest.next().getValue().cost;
            eldest.remove();
            evictions++;
        }
    }
}
