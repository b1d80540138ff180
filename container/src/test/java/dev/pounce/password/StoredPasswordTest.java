package dev.pounce.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which passwords are stored; the hashes were made by other programs. */
class StoredPasswordTest {

    private static StoredPassword stored(String text) {
        return StoredPassword.parse(text, StoredPassword.PLAIN);
    }

    private static void assertIs(String password, StoredPassword stored) {
        assertTrue(stored.matches("ada", password), stored.toString());
        assertFalse(stored.matches("ada", password + "x"));
        assertFalse(stored.matches("ada", ""));
    }

    @Test
    void aPasswordAsItIs() {
        assertIs("s\u00e9cret", stored("s\u00e9cret"));
        assertIs("{not}a hash", stored("{not}a hash"));
        assertTrue(stored("x").isPlain());
    }

    @Test
    void digestsOfOneRound() {
        assertIs(
                "password",
                stored(
                        "{SHA-256}5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"));
        assertIs("password", stored("{MD5}5f4dcc3b5aa765d61d8327deb882cf99"));
        assertIs(
                "password",
                StoredPassword.parse("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8", "SHA-1"));
    }

    @Test
    void hashesOfLdap() {
        assertIs("password", stored("{MD5}X03MO1qnZdYdgyfeuILPmQ=="));
        assertIs("password", stored("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="));
        assertIs("password", stored("{SSHA}ouUZQtFbhkQrfIJ43qx176Wfj4YBAgME"));
    }

    /** Tomcat: digest.sh -a SHA-256 -i 3 -s 4 password. */
    @Test
    void digestsOfTomcatWithSaltAndRounds() {
        assertIs(
                "password",
                stored(
                        "{SHA-256}00010203$3$f4aa161cdbf6c875384872c2c73a9b20626ac2a868853773659a98f4315db091"));
        assertIs(
                "password",
                StoredPassword.parse(
                        "00010203$3$f4aa161cdbf6c875384872c2c73a9b20626ac2a868853773659a98f4315db091",
                        "SHA-256"));
    }

    /** RFC 6070 section 2, and the same of RFC 7914 section 11. */
    @Test
    void derivedHashesOfTomcat() {
        assertIs(
                "password",
                stored(
                        "{PBKDF2WithHmacSHA1}73616c74$4096$4b007901b765489abead49d926f721d065a429c1"));
        assertIs(
                "password",
                StoredPassword.parse(
                        "73616c74$2$ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
                        "PBKDF2WithHmacSHA1"));
        assertIs(
                "passwd",
                stored(
                        "{PBKDF2WithHmacSHA256}73616c74$1$"
                            + "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"));
    }

    @Test
    void aNewHashHasASaltOfItsOwn() {
        String first = PasswordHashes.of("caf\u00e9", 10);
        String second = PasswordHashes.of("caf\u00e9", 10);
        assertNotEquals(first, second);
        assertTrue(
                first.matches("\\{PBKDF2WithHmacSHA512}[0-9a-f]{32}\\$10\\$[0-9a-f]{64}"), first);
        assertIs("caf\u00e9", stored(first));
        assertIs("caf\u00e9", stored(second));
        assertNull(stored(first).digestSecret("SHA-256", "ada", "r"));
    }

    /** RFC 7616 section 3.9.1: H(A1) of Mufasa. */
    @Test
    void whatDigestNeedsIsMadeOfAPasswordOrStoredForOneRealm() {
        String realm = "http-auth@example.org";
        String md5 = "3d78807defe7de2157e2b0b6573a855f";
        assertEquals(md5, stored("Circle of Life").digestSecret("MD5", "Mufasa", realm));
        StoredPassword kept =
                stored(
                        "{DIGEST-MD5}http-auth%40example.org$"
                                + md5.toUpperCase(java.util.Locale.ROOT));
        assertEquals(md5, kept.digestSecret("MD5", "Mufasa", realm));
        assertNull(kept.digestSecret("SHA-256", "Mufasa", realm));
        assertNull(kept.digestSecret("MD5", "Mufasa", "another"));
        assertTrue(kept.matches("Mufasa", "Circle of Life"));
        assertFalse(kept.matches("Mufasa", "Circle of Lie"));
        assertFalse(kept.matches("Simba", "Circle of Life"));
        StoredPassword made = stored(PasswordHashes.ofRealm("Mufasa", "a $ realm", "x y"));
        assertEquals(
                stored("x y").digestSecret("SHA-256", "Mufasa", "a $ realm"),
                made.digestSecret("SHA-256", "Mufasa", "a $ realm"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SHA-256}abcd",
                "{SHA-256}zz$1$00",
                "{SHA-256}00$0$9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "{SHA-256}00$x$9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "{PBKDF2WithHmacSHA256}00ff",
                "{PBKDF2WithHmacSHA256}$1$00",
                "{PBKDF2WithHmacSHA256}00$1$",
                "{MD5}?",
                "{SSHA}AAAA",
                "{SHA}AAAA",
                "{DIGEST-MD5}5f4dcc",
                "{DIGEST-SHA-1}realm$00",
                "{DIGEST-MD5}realm$00"
            })
    void whatIsMalformedIsRefusedWithoutBeingShown(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> stored(text));
        String secret = text.substring(text.indexOf('}') + 1);
        assertFalse(e.getMessage().contains(secret), e.getMessage());
    }

    @Test
    void nothingShowsAPassword() {
        for (String each : new String[] {"s3cret", "{MD5}5f4dcc3b5aa765d61d8327deb882cf99"}) {
            String shown = stored(each).toString();
            assertFalse(shown.contains("s3cret") || shown.contains("5f4dcc"), shown);
        }
    }
}
