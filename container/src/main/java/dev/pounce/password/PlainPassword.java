package dev.pounce.password;

import java.security.MessageDigest;

/**
 * A password as it is.
 *
 * @param password the password
 */
record PlainPassword(String password) implements StoredPassword {

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public boolean looksHashed() {
        return password.matches(
                "([0-9a-fA-F]{2})*\\$[0-9]+\\$[0-9a-fA-F]{32,}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64,}");
    }

    /** Compares hashes, which have one length: comparing tells nothing of the password's. */
    @Override
    public boolean matches(String name, String candidate) {
        return MessageDigest.isEqual(
                Hashing.digest("SHA-256", Hashing.utf8(password)),
                Hashing.digest("SHA-256", Hashing.utf8(candidate)));
    }

    @Override
    public String digestSecret(String algorithm, String name, String realm) {
        return Hashing.realmHash(algorithm, name, realm, password);
    }

    @Override
    public String toString() {
        return "a password";
    }
}
