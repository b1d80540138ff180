package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers for a short time what was found for the paths that clients ask for, so that not every
 * request has to look at the disk. Only files: what is not there is looked for each time.
 * Thread-safe.
 */
final class KnownFiles {
    /** Paths that are remembered at a time; each was one of a file. */
    private static final int MOST = 1024;

    private record Entry(KnownFile file, long until) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final long millis;

    /**
     * @param millis for how long something is remembered; 0 is not at all
     */
    KnownFiles(long millis) {
        this.millis = millis;
    }

    /**
     * What a look at this path has found lately, or null.
     *
     * @param now milliseconds since 1970
     */
    @Nullable KnownFile find(String path, long now) {
        if (millis == 0) {
            return null;
        }
        Entry entry = entries.get(path);
        if (entry == null) {
            return null;
        }
        // the clock may have been put back
        return now < entry.until && now >= entry.until - millis ? entry.file : null;
    }

    /** Remembers a file whose changes from now on will show. */
    void put(String path, KnownFile file, long now) {
        if (millis == 0 || !file.settled()) {
            return;
        }
        if (entries.size() >= MOST) {
            entries.values().removeIf(each -> each.until <= now);
            if (entries.size() >= MOST) {
                entries.clear();
            }
        }
        entries.put(path, new Entry(file, now + millis));
    }

    /** Forgets what was not right any more. */
    void remove(String path) {
        entries.remove(path);
    }
}
