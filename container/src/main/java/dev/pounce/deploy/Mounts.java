package dev.pounce.deploy;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the applications of directories are that were deployed, by what the names of their files
 * say: their settings can put them elsewhere. Thread-safe.
 */
final class Mounts {
    private final Map<AppName, AppName> places = new HashMap<>();

    /** Where an application is, or would be if it had no settings. */
    synchronized AppName of(AppName declared) {
        return places.getOrDefault(declared, declared);
    }

    synchronized void put(AppName declared, AppName place) {
        places.put(declared, place);
    }

    synchronized void remove(AppName declared) {
        places.remove(declared);
    }
}
