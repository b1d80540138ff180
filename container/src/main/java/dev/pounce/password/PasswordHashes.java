package dev.pounce.password;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes hashes of new passwords. Thread-safe. */
public final class PasswordHashes {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** What the OWASP Password Storage Cheat Sheet asks of this algorithm. */
    public static final int DEFAULT_ITERATIONS = 210_000;

    private PasswordHashes() {}

    /**
     * A hash with a salt of its own.
     *
     * @param iterations how much work it is to make it, and to try a password
     */
    public static String of(String password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] hash = Hashing.hash(ALGORITHM, password, salt, iterations, HASH_BYTES);
        HexFormat hex = HexFormat.of();
        return "{"
                + ALGORITHM
                + "}"
                + hex.formatHex(salt)
                + "$"
                + iterations
                + "$"
                + hex.formatHex(hash);
    }

    /** The hash that users of DIGEST need: good for one name and realm. */
    public static String ofRealm(String name, String realm, String password) {
        return "{DIGEST-SHA-256}"
                + URLEncoder.encode(realm, StandardCharsets.UTF_8)
                + "$"
                + Hashing.realmHash("SHA-256", name, realm, password);
    }
}
