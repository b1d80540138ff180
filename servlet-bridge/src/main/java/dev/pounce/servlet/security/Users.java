package dev.pounce.servlet.security;

import dev.pounce.password.StoredPassword;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The users of a server. Thread-safe. */
public interface Users {

    /** What proves that somebody is a user, such as a password. */
    @FunctionalInterface
    interface Proof {
        /**
         * Whether it does.
         *
         * @param name the user's name
         * @param stored what is stored of the user's password
         */
        boolean holds(String name, StoredPassword stored);
    }

    /** Nobody. */
    Users NONE =
            new Users() {
                @Override
                public @Nullable User find(String name, String password) {
                    return null;
                }

                @Override
                public @Nullable User find(String name, Proof proof) {
                    return null;
                }

                @Override
                public @Nullable User named(String name) {
                    return null;
                }
            };

    /** The user with that name and password, or null. */
    @Nullable User find(String name, String password);

    /** The user of that name, if the proof holds, or null. */
    @Nullable User find(String name, Proof proof);

    /** The user of a name that was proved elsewhere, or null. */
    @Nullable User named(String name);

    /** Who cannot log in with DIGEST, because of how the password is stored. */
    default List<String> withoutDigest(String realm) {
        return List.of();
    }
}
