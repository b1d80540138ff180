package dev.pounce.servlet.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pounce.config.Account;
import dev.pounce.password.PasswordHashes;
import dev.pounce.password.StoredPassword;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class AccountUsersTest {
    private Instant now = Instant.ofEpochSecond(1_000_000);

    private static Account account(String name, String stored) {
        return new Account(name, StoredPassword.parse(stored, StoredPassword.PLAIN), Set.of("r"));
    }

    private AccountUsers users(int maxFailures) {
        return new AccountUsers(
                List.of(
                        account("ada", "secret"),
                        account("bob", PasswordHashes.of("hidden", 10)),
                        account("eve", PasswordHashes.ofRealm("eve", "here", "known"))),
                maxFailures,
                Duration.ofMinutes(5),
                () -> now);
    }

    @Test
    void aUserIsFoundByNameAndPassword() {
        AccountUsers users = users(0);
        assertEquals(new User("ada", Set.of("r")), users.find("ada", "secret"));
        for (int i = 0; i < 2; i++) {
            assertNotNull(users.find("bob", "hidden"));
            assertNull(users.find("bob", "hidde"));
            assertNull(users.find("bob", "secret"));
        }
        assertNotNull(users.find("eve", "known"));
        assertNull(users.find("nobody", "secret"));
        assertNull(users.find("", ""));
        assertNotNull(users.named("bob"));
        assertNull(users.named("nobody"));
    }

    @Test
    void forAnUnknownNameAsMuchIsTriedAsForAKnownOne() {
        AccountUsers users = users(0);
        AtomicInteger tried = new AtomicInteger();
        assertNull(users.find("nobody", (name, stored) -> tried.incrementAndGet() > 0));
        assertEquals(1, tried.get());
        assertNotNull(users.find("ada", (name, stored) -> tried.incrementAndGet() > 0));
        assertEquals(2, tried.get());
    }

    @Test
    void afterTooManyFailuresInARowNobodyGetsInForAWhile() {
        AccountUsers users = users(3);
        for (int i = 0; i < 3; i++) {
            assertNull(users.find("ada", "wrong"));
        }
        assertNull(users.find("ada", "secret"), "locked out");
        assertNotNull(users.find("bob", "hidden"), "another name");
        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertNull(users.find("ada", "wrong"), "which does not make it longer");
        now = now.plusMillis(1);
        assertNotNull(users.find("ada", "secret"));
    }

    @Test
    void aSuccessOrTimeForgetsFailures() {
        AccountUsers users = users(3);
        for (int i = 0; i < 10; i++) {
            assertNull(users.find("ada", "wrong"));
            assertNull(users.find("ada", "wrong"));
            assertNotNull(users.find("ada", "secret"));
        }
        for (int i = 0; i < 10; i++) {
            assertNull(users.find("ada", "wrong"));
            now = now.plus(Duration.ofMinutes(5));
        }
        assertNotNull(users.find("ada", "secret"));
    }

    @Test
    void whereAPasswordIsRememberedALockOutCountsAllTheSame() {
        AccountUsers users = users(2);
        assertNotNull(users.find("bob", "hidden"));
        assertNull(users.find("bob", "x"));
        assertNull(users.find("bob", "x"));
        assertNull(users.find("bob", "hidden"));
    }

    @Test
    void whoCannotUseDigestIsKnown() {
        assertEquals(List.of("bob"), users(0).withoutDigest("here"));
        assertEquals(List.of("bob", "eve"), users(0).withoutDigest("elsewhere"));
    }
}
