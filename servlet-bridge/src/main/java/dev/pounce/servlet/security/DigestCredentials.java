package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * What a client sends to prove its user with DIGEST (RFC 7616 section 3.4).
 *
 * @param name the user's name
 * @param realm the realm
 * @param algorithm the algorithm
 * @param uri the request target as the client knows it
 * @param nonce the server's nonce
 * @param countText the nonce count as it was sent, 8 hexadecimal digits
 * @param clientNonce the client's nonce
 * @param response the proof
 */
record DigestCredentials(
        String name,
        String realm,
        String algorithm,
        String uri,
        String nonce,
        String countText,
        String clientNonce,
        String response) {
    private static final String QOP = "auth";
    private static final String EXTENDED = "UTF-8''";

    /** Reads an Authorization field; null when it is none of DIGEST with qop=auth, or malformed. */
    static @Nullable DigestCredentials read(@Nullable String field) {
        Map<String, String> all = AuthorizationField.parameters(field, "Digest");
        if (all == null
                || !QOP.equals(all.get("qop"))
                || "true".equalsIgnoreCase(all.get("userhash"))) {
            return null;
        }
        String name = name(all);
        String realm = all.get("realm");
        String uri = all.get("uri");
        String nonce = all.get("nonce");
        String count = all.get("nc");
        String clientNonce = all.get("cnonce");
        String response = all.get("response");
        if (name == null
                || realm == null
                || uri == null
                || nonce == null
                || count == null
                || !count.matches("[0-9a-fA-F]{8}")
                || clientNonce == null
                || clientNonce.isEmpty()
                || response == null) {
            return null;
        }
        String algorithm = all.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        return new DigestCredentials(
                name, utf8(realm), algorithm, uri, nonce, count, clientNonce, response);
    }

    /** Exactly one of the two forms of a name (RFC 7616 section 3.4). */
    private static @Nullable String name(Map<String, String> all) {
        String plain = all.get("username");
        String extended = all.get("username*");
        if (plain != null) {
            return extended == null ? utf8(plain) : null;
        }
        if (extended == null || !extended.regionMatches(true, 0, EXTENDED, 0, EXTENDED.length())) {
            return null;
        }
        try {
            // A plus sign stands for itself there (RFC 8187).
            String encoded = extended.substring(EXTENDED.length()).replace("+", "%2B");
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The characters of a field stand for bytes, which are UTF-8 unless they cannot be. */
    private static String utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    /** The nonce count. */
    long count() {
        return Long.parseLong(countText, 16);
    }

    /**
     * Whether the proof was made with a secret (RFC 7616 section 3.4.1).
     *
     * @param secret H(A1) in lower-case hexadecimal
     * @param method of the request
     */
    boolean isMadeWith(String secret, String method) {
        String asked = hash(method + ":" + uri);
        String right = hash(String.join(":", secret, nonce, countText, clientNonce, QOP, asked));
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.ISO_8859_1),
                response.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance(algorithm)
                            .digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this platform has no " + algorithm, e);
        }
    }
}
