package dev.pounce.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The arithmetic of passwords, which is the platform's. */
final class Hashing {
    private static final String DERIVED = "PBKDF2With";

    private Hashing() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the platform can hash passwords with an algorithm. */
    static boolean isSupported(String algorithm) {
        try {
            if (algorithm.startsWith(DERIVED)) {
                SecretKeyFactory.getInstance(algorithm);
            } else {
                MessageDigest.getInstance(algorithm);
            }
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    /** Whether an algorithm needs a salt. */
    static boolean isDerivation(String algorithm) {
        return algorithm.startsWith(DERIVED);
    }

    /** The bytes of a digest. */
    static int length(String algorithm) {
        return digest(algorithm, new byte[0]).length;
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this platform has no " + algorithm, e);
        }
    }

    /** Hashes as Tomcat's credential handlers do, so that their hashes can be taken over. */
    static byte[] hash(String algorithm, String password, byte[] salt, int iterations, int length) {
        if (isDerivation(algorithm)) {
            return derive(algorithm, password, salt, iterations, length);
        }
        byte[] hash = digest(algorithm, salt, utf8(password));
        for (int i = 1; i < iterations; i++) {
            hash = digest(algorithm, hash);
        }
        return hash;
    }

    private static byte[] derive(
            String algorithm, String password, byte[] salt, int iterations, int length) {
        PBEKeySpec spec =
                new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new IllegalStateException("this platform has no " + algorithm, e);
        } finally {
            spec.clearPassword();
        }
    }

    /** H(A1) of RFC 7616 section 3.4.2, in lower-case hexadecimal. */
    static String realmHash(String algorithm, String name, String realm, String password) {
        byte[] hash = digest(algorithm, utf8(name + ":" + realm + ":" + password));
        return HexFormat.of().formatHex(hash);
    }
}
