package dev.pounce.servlet.security;

import java.util.Map;
import java.util.Set;

/**
 * The roles of an application. Immutable.
 *
 * @param declared the names that it declares
 * @param references by servlet, the roles that are meant by the names that its code uses (Servlet
 *     specification, section 13.3)
 */
public record Roles(Set<String> declared, Map<String, Map<String, String>> references) {
    /** Every user, unless the application declares a role of that name. */
    static final String ANY_USER = "**";

    /** All roles that are declared; no role itself. */
    static final String ANY_ROLE = "*";

    /** Copies. */
    public Roles {
        declared = Set.copyOf(declared);
        references = Map.copyOf(references);
    }

    /**
     * Whether a user has what a servlet calls a role (Javadoc of isUserInRole).
     *
     * @param servlet the servlet's name
     */
    boolean has(User user, String name, String servlet) {
        if (name.equals(ANY_ROLE)) {
            return false;
        }
        if (name.equals(ANY_USER) && !declared.contains(ANY_USER)) {
            return true;
        }
        String role = references.getOrDefault(servlet, Map.of()).getOrDefault(name, name);
        return user.roles().contains(role);
    }
}
