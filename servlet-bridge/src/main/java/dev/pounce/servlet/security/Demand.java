package dev.pounce.servlet.security;

import java.util.Set;

/**
 * What is asked of a request.
 *
 * @param who who is let in
 * @param roles the roles of {@link Who#ROLES}
 * @param confidential whether the connection has to be protected
 */
record Demand(Who who, Set<String> roles, boolean confidential) {

    /** Who is let in. */
    enum Who {
        /** Everybody. */
        EVERYBODY,
        /** Whoever has proved to be a user. */
        USERS,
        /** Users with one of the roles. */
        ROLES,
        /** Nobody. */
        NOBODY
    }

    static final Demand NOTHING = new Demand(Who.EVERYBODY, Set.of(), false);
    static final Demand REFUSAL = new Demand(Who.NOBODY, Set.of(), false);

    /** Copies. */
    Demand {
        roles = Set.copyOf(roles);
    }

    /** Whether a user is let in. */
    boolean admits(User user) {
        return switch (who) {
            case EVERYBODY, USERS -> true;
            case ROLES -> roles.stream().anyMatch(user.roles()::contains);
            case NOBODY -> false;
        };
    }
}
