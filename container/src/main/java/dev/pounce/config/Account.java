package dev.pounce.config;

import dev.pounce.password.StoredPassword;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A user of web applications.
 *
 * @param name the name
 * @param password what is known of the password
 * @param roles the roles
 */
public record Account(String name, StoredPassword password, Set<String> roles) {

    /** Copies. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /**
     * Reads an account: name, hash and roles, with spaces between them.
     *
     * @throws ConfigException when it is none; the message has no hash
     */
    static Account of(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2) {
            // the only word is no name that may be shown but what should not be alone: a secret
            throw new ConfigException(
                    "security.accounts",
                    "one is a single word where there have to be a name and a hash: `pounce"
                            + " password` makes one");
        }
        if (!words[1].startsWith("{")) {
            throw refused(
                    words[0],
                    "is not followed by a hash, which begins with a brace: `pounce password` makes"
                            + " one");
        }
        StoredPassword password;
        try {
            password = StoredPassword.parse(words[1], StoredPassword.PLAIN);
        } catch (IllegalArgumentException e) {
            throw refused(words[0], "has no hash that can be read: " + e.getMessage());
        }
        if (password.isPlain()) {
            throw refused(words[0], "has a hash of a kind that is not known");
        }
        Set<String> roles = new LinkedHashSet<>(List.of(words).subList(2, words.length));
        return new Account(words[0], password, roles);
    }

    private static ConfigException refused(String name, String why) {
        return new ConfigException("security.accounts", "the user \"" + name + "\" " + why);
    }
}
