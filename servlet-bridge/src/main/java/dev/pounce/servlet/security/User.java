package dev.pounce.servlet.security;

import java.security.Principal;
import java.util.Set;

/**
 * A user who has proved who it is.
 *
 * @param name the name
 * @param roles the roles
 */
public record User(String name, Set<String> roles) implements Principal {

    /** Copies. */
    public User {
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return name;
    }
}
