package dev.pounce.password;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/** The SHA-1 hash of a password with its salt behind it, as LDAP servers store it. */
final class SuffixedPassword implements StoredPassword {
    private final byte[] salt;
    private final byte[] hash;

    SuffixedPassword(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    @Override
    public boolean matches(String name, String password) {
        return MessageDigest.isEqual(hash, Hashing.digest("SHA-1", Hashing.utf8(password), salt));
    }

    @Override
    public @Nullable String digestSecret(String algorithm, String name, String realm) {
        return null;
    }

    @Override
    public String toString() {
        return "the hash of a password, SSHA";
    }
}
