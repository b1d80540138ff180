package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

/** The users of a server. Thread-safe. */
@FunctionalInterface
public interface Users {

    /** Nobody. */
    Users NONE = (name, password) -> null;

    /** The user with that name and password, or null. */
    @Nullable User find(String name, String password);
}
