package dev.pounce.password;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/** The hash of a password. */
final class HashedPassword implements StoredPassword {
    private final String algorithm;
    private final byte[] salt;
    private final int iterations;
    private final byte[] hash;

    /**
     * @param algorithm one that {@link Hashing#isSupported} has
     * @param salt empty where there is none
     */
    HashedPassword(String algorithm, byte[] salt, int iterations, byte[] hash) {
        this.algorithm = algorithm;
        this.salt = salt;
        this.iterations = iterations;
        this.hash = hash;
    }

    @Override
    public boolean matches(String name, String password) {
        byte[] made = Hashing.hash(algorithm, password, salt, iterations, hash.length);
        return MessageDigest.isEqual(hash, made);
    }

    @Override
    public @Nullable String digestSecret(String wanted, String name, String realm) {
        return null;
    }

    @Override
    public String toString() {
        return "the hash of a password, " + algorithm;
    }
}
