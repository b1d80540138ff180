package dev.pounce.files;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Keeps a bounded number of files open that are too large to be kept in memory, so that the next
 * request need not open them; the one that was not asked for longest is closed first. Thread-safe.
 *
 * <p>A file that was deleted keeps its blocks while it is open. So a file is not kept open that was
 * not asked for in a while, as soon as any other one is asked for, nor one that is large enough for
 * opening it not to matter.
 */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final int MOST = 64;
    private static final long LARGEST = 16 << 20;
    private static final long UNUSED_MILLIS = 10_000;

    private static final class Entry {
        private final OpenFile file;
        private long used;

        Entry(OpenFile file) {
            this.file = file;
        }
    }

    private final Map<FileCache.Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * The open file; null when it is not the one any more that was found. Waits for the disk.
     *
     * @param now milliseconds since 1970
     */
    @Nullable OpenFile open(FileCache.Key key, FoundFile file, long now) throws IOException {
        if (file.size() > LARGEST) {
            return OpenFile.of(file);
        }
        List<OpenFile> over = new ArrayList<>(0);
        OpenFile kept = take(key, file, now, over);
        close(over);
        if (kept != null) {
            return kept;
        }
        OpenFile opened = OpenFile.of(file);
        return opened == null ? null : keep(key, opened, now);
    }

    private synchronized @Nullable OpenFile take(
            FileCache.Key key, FoundFile file, long now, List<OpenFile> over) throws IOException {
        Entry entry = entries.get(key);
        OpenFile kept = null;
        if (entry != null) {
            kept = entry.file.file().isSame(file) ? entry.file.forAnother() : null;
            if (kept == null) {
                entries.remove(key);
                over.add(entry.file);
            } else {
                entry.used = now;
            }
        }
        Iterator<Entry> eldest = entries.values().iterator();
        while (eldest.hasNext()) {
            Entry each = eldest.next();
            if (each.used > now - UNUSED_MILLIS && entries.size() < MOST) {
                break;
            }
            over.add(each.file);
            eldest.remove();
        }
        return kept;
    }

    private synchronized @Nullable OpenFile keep(FileCache.Key key, OpenFile opened, long now)
            throws IOException {
        if (key.part().isClosed() || entries.containsKey(key)) {
            return opened;
        }
        OpenFile kept = opened.forAnother();
        if (kept != null) {
            Entry entry = new Entry(opened);
            entry.used = now;
            entries.put(key, entry);
        }
        return opened;
    }

    /** Closes those whose key is such a one, as soon as nobody sends them any more. */
    void close(Predicate<FileCache.Key> which) {
        List<OpenFile> over = new ArrayList<>();
        synchronized (this) {
            entries.entrySet()
                    .removeIf(
                            each -> {
                                boolean closes = which.test(each.getKey());
                                if (closes) {
                                    over.add(each.getValue().file);
                                }
                                return closes;
                            });
        }
        close(over);
    }

    private static void close(List<OpenFile> over) {
        for (OpenFile each : over) {
            try {
                each.close();
            } catch (IOException e) {
                LOG.debug("closing a file", e);
            }
        }
    }
}
