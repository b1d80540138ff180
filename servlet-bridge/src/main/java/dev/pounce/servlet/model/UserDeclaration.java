package dev.pounce.servlet.model;

import java.util.Set;

/**
 * A user in a file of users.
 *
 * @param name the name
 * @param password the password as it is written there
 * @param roles the roles
 */
public record UserDeclaration(String name, String password, Set<String> roles) {

    /** Copies. */
    public UserDeclaration {
        roles = Set.copyOf(roles);
    }

    /** Nothing that could end up in a log. */
    @Override
    public String toString() {
        return "user " + name;
    }
}
