package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

class AccountTest {
    private static final String HASH = "{MD5}5f4dcc3b5aa765d61d8327deb882cf99";

    @Test
    void anAccountIsANameAHashAndRoles() {
        Account account = Account.of(" ada  " + HASH + " admin other ");
        assertEquals("ada", account.name());
        assertEquals(Set.of("admin", "other"), account.roles());
        assertTrue(account.password().matches("ada", "password"));
        assertEquals(Set.of(), Account.of("bob " + HASH).roles());
    }

    @ParameterizedTest
    @CsvSource({
        "ada secret admin,is not followed by a hash",
        "ada {WHAT}secret,has a hash of a kind that is not known",
        "ada {MD5}secret-,no Base64",
        "ada {SHA-256}5ec4e7,has 64 hexadecimal digits"
    })
    void whatIsNoneIsRefusedWithoutBeingShown(String text, String why) {
        ConfigException e = assertThrows(ConfigException.class, () -> Account.of(text));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertTrue(e.getMessage().contains("security.accounts: the user \"ada\""), e.getMessage());
        assertFalse(e.getMessage().contains("secret") || e.getMessage().contains("5ec4e7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", HASH, "5f4dcc3b5aa765d61d8327deb882cf99"})
    void aSingleWordIsNotShownForItMayBeASecret(String word) {
        ConfigException e = assertThrows(ConfigException.class, () -> Account.of(word));
        assertTrue(e.getMessage().contains("one is a single word"), e.getMessage());
        assertFalse(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void aNameIsThereOnce() {
        ConfigException e =
                assertThrows(
                        ConfigException.class,
                        () ->
                                ServerConfig.defaults()
                                        .with("security.accounts", "a " + HASH + ",a " + HASH));
        assertTrue(e.getMessage().contains("two users of one name"), e.getMessage());
    }

    @Test
    void anAlgorithmThatThereIsNotIsRefused() {
        ConfigException e =
                assertThrows(
                        ConfigException.class,
                        () -> ServerConfig.defaults().with("security.password_algorithm", "ROT13"));
        assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
    }
}
