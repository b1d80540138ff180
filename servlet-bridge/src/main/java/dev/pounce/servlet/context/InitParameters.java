package dev.pounce.servlet.context;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Initialization parameters: a value, once set, stays (Servlet specification, section 4.4). */
final class InitParameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Sets a value; false when there is one already. */
    synchronized boolean set(String name, String value) {
        check(name, value);
        return values.putIfAbsent(name, value) == null;
    }

    /** Sets all values or, when one of the names has a value already, none; returns those names. */
    synchronized Set<String> setAll(Map<String, String> more) {
        Set<String> taken = new LinkedHashSet<>();
        more.forEach(
                (name, value) -> {
                    check(name, value);
                    if (values.containsKey(name)) {
                        taken.add(name);
                    }
                });
        if (taken.isEmpty()) {
            values.putAll(more);
        }
        return taken;
    }

    private static void check(@Nullable String name, @Nullable String value) {
        if (name == null || value == null) {
            throw new IllegalArgumentException(
                    "an initialization parameter needs a name and a value");
        }
    }

    synchronized @Nullable String get(String name) {
        return values.get(name);
    }

    synchronized Map<String, String> all() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
