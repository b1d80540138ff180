package dev.pounce.password;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Reads the forms that {@link StoredPassword} lists. */
final class StoredForms {
    private static final String REALM = "DIGEST-";
    private static final Set<String> LDAP = Set.of("MD5", "SHA", "SSHA");
    private static final int SHA1_BYTES = 20;

    /** Above it a login would take minutes. */
    private static final int MAX_ITERATIONS = 100_000_000;

    private StoredForms() {}

    static StoredPassword parse(String stored, String otherwise) {
        int brace = stored.startsWith("{") ? stored.indexOf('}') : -1;
        if (brace > 1) {
            String mark = stored.substring(1, brace);
            String rest = stored.substring(brace + 1);
            if (mark.startsWith(REALM)) {
                return ofRealm(mark.substring(REALM.length()), rest);
            }
            if (LDAP.contains(mark) && isLdap(rest)) {
                return ldap(mark, rest);
            }
            if (Hashing.isSupported(mark)) {
                return hashed(mark, rest);
            }
        }
        return otherwise.equals(StoredPassword.PLAIN)
                ? new PlainPassword(stored)
                : hashed(otherwise, stored);
    }

    private static StoredPassword ofRealm(String algorithm, String rest) {
        int dollar = rest.indexOf('$');
        if (!algorithm.equals("SHA-256") && !algorithm.equals("MD5") || dollar < 0) {
            throw new IllegalArgumentException(
                    "a hash for DIGEST is {DIGEST-SHA-256}realm$hash or {DIGEST-MD5}realm$hash");
        }
        String hash = rest.substring(dollar + 1).toLowerCase(Locale.ROOT);
        checkLength(algorithm, hex(hash));
        String realm = URLDecoder.decode(rest.substring(0, dollar), StandardCharsets.UTF_8);
        return new RealmPassword(algorithm, realm, hash);
    }

    /** A digest has an even number of hexadecimal digits, which is no length of Base64. */
    private static boolean isLdap(String rest) {
        return rest.indexOf('$') < 0 && !rest.matches("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}");
    }

    private static StoredPassword ldap(String mark, String rest) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(rest);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what stands behind {" + mark + "} is no Base64", e);
        }
        String algorithm = mark.equals("MD5") ? "MD5" : "SHA-1";
        int length = Hashing.length(algorithm);
        if (mark.equals("SSHA") ? bytes.length <= SHA1_BYTES : bytes.length != length) {
            throw new IllegalArgumentException(
                    "what stands behind {" + mark + "} has a length that no such hash has");
        }
        byte[] salt = Arrays.copyOfRange(bytes, length, bytes.length);
        // Here the salt stands behind the password, in the other forms before it.
        return salt.length == 0
                ? new HashedPassword(algorithm, salt, 1, bytes)
                : new SuffixedPassword(salt, Arrays.copyOf(bytes, length));
    }

    private static StoredPassword hashed(String algorithm, String rest) {
        int first = rest.indexOf('$');
        int second = rest.indexOf('$', first + 1);
        if (first < 0 && !Hashing.isDerivation(algorithm)) {
            return new HashedPassword(algorithm, new byte[0], 1, checkLength(algorithm, hex(rest)));
        }
        if (second < 0) {
            throw new IllegalArgumentException(
                    "a hash of " + algorithm + " is salt$iterations$hash, in hexadecimal");
        }
        byte[] salt = hex(rest.substring(0, first));
        byte[] hash = hex(rest.substring(second + 1));
        if (Hashing.isDerivation(algorithm)) {
            if (salt.length == 0 || hash.length == 0) {
                throw new IllegalArgumentException(algorithm + " needs a salt and a hash");
            }
        } else {
            checkLength(algorithm, hash);
        }
        return new HashedPassword(
                algorithm, salt, iterations(rest.substring(first + 1, second)), hash);
    }

    private static int iterations(String text) {
        int iterations = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the iterations of a hash must be a number from 1 to " + MAX_ITERATIONS);
        }
        return iterations;
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a hash or its salt is not in hexadecimal");
        }
    }

    private static byte[] checkLength(String algorithm, byte[] hash) {
        int length = Hashing.length(algorithm);
        if (hash.length != length) {
            throw new IllegalArgumentException(
                    "a hash of " + algorithm + " has " + 2 * length + " hexadecimal digits");
        }
        return hash;
    }
}
