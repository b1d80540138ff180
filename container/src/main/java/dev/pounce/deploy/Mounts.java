package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the applications of directories are that were deployed, by what the names of their files
 * say: their settings can put them elsewhere. And which of them wait for a place that another one
 * has. Thread-safe.
 */
final class Mounts {
    private final Map<AppName, AppName> places = new HashMap<>();

    /** By what their names say, those that were refused, the first first. */
    private final Map<AppName, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(AppFile file, AppName place) {}

    /** Where an application is, or would be if it had no settings. */
    synchronized AppName of(AppName declared) {
        return places.getOrDefault(declared, declared);
    }

    /** An application is at a place, and waits for none. */
    synchronized void put(AppName declared, AppName place) {
        places.put(declared, place);
        waiting.remove(declared);
    }

    /** An application is at that place no more. */
    synchronized void remove(AppName declared, AppName place) {
        places.remove(declared, place);
    }

    /** Another one has the place of an application. Who waits for it already keeps its turn. */
    synchronized void await(AppFile file, AppName place) {
        Waiting before = waiting.get(file.name());
        if (before != null && !before.place().equals(place)) {
            waiting.remove(file.name());
        }
        waiting.put(file.name(), new Waiting(file, place));
    }

    /**
     * An application waits for no place any more.
     *
     * @return the one that it has waited for
     */
    synchronized @Nullable AppName awaitNoMore(AppName declared) {
        Waiting before = waiting.remove(declared);
        return before == null ? null : before.place();
    }

    /** Whether an application waits for a place. */
    synchronized boolean isAwaiting(AppName declared) {
        return waiting.containsKey(declared);
    }

    /** Those that wait for a place, who was refused first first. */
    synchronized List<AppFile> awaiting(AppName place) {
        return waiting.values().stream()
                .filter(each -> each.place().equals(place))
                .map(Waiting::file)
                .toList();
    }
}
