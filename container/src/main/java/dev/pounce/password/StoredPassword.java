package dev.pounce.password;

import org.jspecify.annotations.Nullable;

/**
 * A password as it is stored. Comparisons take a time that does not depend on how much is right.
 * Immutable.
 *
 * <p>What stands in front in braces says how it was made:
 *
 * <ul>
 *   <li>{@code {PBKDF2WithHmacSHA512}salt$iterations$hash}, {@code {SHA-256}salt$iterations$hash}:
 *       the form of Tomcat's credential handlers, salt and hash in hexadecimal, behind the name of
 *       the algorithm; {@code {SHA-256}hash} is one round without salt
 *   <li>{@code {MD5}}, {@code {SHA}} and {@code {SSHA}} before Base64: those of LDAP (RFC 2307)
 *   <li>{@code {DIGEST-SHA-256}realm$hash} and {@code {DIGEST-MD5}realm$hash}: what DIGEST needs of
 *       it (RFC 7616 section 3.4.2), the hash of name, realm and password; the realm is encoded as
 *       in a query
 * </ul>
 *
 * Without braces it has the form that the second argument of {@link #parse} says.
 */
public sealed interface StoredPassword
        permits PlainPassword, HashedPassword, SuffixedPassword, RealmPassword {

    /** The value for passwords that are stored as they are. */
    String PLAIN = "none";

    /** Whether it is stored as it is. */
    default boolean isPlain() {
        return false;
    }

    /** Whether it is stored as it is and has the shape of a hash, which is probably a slip. */
    default boolean looksHashed() {
        return false;
    }

    /**
     * Whether somebody's password is this one.
     *
     * @param name the user's name, which is part of some hashes
     */
    boolean matches(String name, String password);

    /**
     * What a user who logs in with DIGEST is expected to know: the hash of name, realm and password
     * in lower-case hexadecimal (H(A1) of RFC 7616 section 3.4.2). Null when it cannot be made of
     * what is stored.
     *
     * @param algorithm {@code SHA-256} or {@code MD5}
     */
    @Nullable String digestSecret(String algorithm, String name, String realm);

    /**
     * Reads a stored password.
     *
     * @param otherwise the algorithm of hashes that do not name theirs, or {@link #PLAIN}
     * @throws IllegalArgumentException when it is malformed; the message has nothing of it
     */
    static StoredPassword parse(String stored, String otherwise) {
        return StoredForms.parse(stored, otherwise);
    }

    /** Whether passwords can be hashed with an algorithm on this platform. */
    static boolean isAlgorithm(String name) {
        return Hashing.isSupported(name);
    }
}
