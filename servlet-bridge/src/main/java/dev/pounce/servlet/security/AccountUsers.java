package dev.pounce.servlet.security;

import dev.pounce.config.Account;
import dev.pounce.password.StoredPassword;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Users by their accounts. Whether there is a user of a name cannot be told by the answer or by the
 * time that it takes: for other names the password of some account is tried, for each name always
 * the same one. Memory is bounded by the number of accounts. Thread-safe.
 */
public final class AccountUsers implements Users {
    private static final Logger LOG = LoggerFactory.getLogger(AccountUsers.class);
    private static final String MAC = "HmacSHA256";

    private final Map<String, Entry> byName = new HashMap<>();
    private final List<Entry> all;
    private final int maxFailures;
    private final long lockOutMillis;
    private final InstantSource clock;
    private @Nullable SecretKeySpec key; // guarded by this

    /**
     * @param accounts of two with one name the last counts
     * @param maxFailures wrong proofs in a row after which a user is locked out; 0 for no limit
     * @param lockOut for how long, and how far apart failures in a row may be
     */
    public AccountUsers(
            Collection<Account> accounts, int maxFailures, Duration lockOut, InstantSource clock) {
        accounts.forEach(each -> byName.put(each.name(), new Entry(each)));
        all = List.copyOf(byName.values());
        this.maxFailures = maxFailures;
        this.lockOutMillis = lockOut.toMillis();
        this.clock = clock;
    }

    /**
     * Made when a password is first compared with a hash, or the name of nobody is tried: a start
     * needs none.
     */
    private synchronized SecretKeySpec key() {
        SecretKeySpec made = key;
        if (made == null) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            made = new SecretKeySpec(random, MAC);
            key = made;
        }
        return made;
    }

    /** An account and how attempts at it went. */
    private final class Entry {
        private final Account account;
        private final User user;

        /** The MAC of the password that was right last; making it is cheap, a hash may not be. */
        private volatile byte @Nullable [] known;

        private int failures;
        private long lastFailure;

        Entry(Account account) {
            this.account = account;
            user = new User(account.name(), account.roles());
        }

        boolean isPassword(String password) {
            StoredPassword stored = account.password();
            if (stored.isPlain()) {
                return stored.matches(account.name(), password);
            }
            byte[] mac = mac(account.name() + '\0' + password);
            byte[] last = known;
            if (last != null && MessageDigest.isEqual(last, mac)) {
                return true;
            }
            boolean right = stored.matches(account.name(), password);
            if (right) {
                known = mac;
            }
            return right;
        }

        /** Counts an attempt, and says whether it succeeds. */
        synchronized boolean admits(boolean right) {
            if (maxFailures == 0) {
                return right;
            }
            long now = clock.millis();
            boolean recent = now - lastFailure < lockOutMillis;
            if (recent && failures >= maxFailures) {
                return false;
            }
            if (right) {
                failures = 0;
                return true;
            }
            failures = recent ? failures + 1 : 1;
            lastFailure = now;
            if (failures >= maxFailures) {
                LOG.warn(
                        "user {} is locked out for {} s after {} wrong passwords",
                        account.name(),
                        lockOutMillis / 1000,
                        failures);
            }
            return false;
        }
    }

    /** An attempt at the name of nobody. */
    private @Nullable Entry standIn(String name) {
        if (all.isEmpty()) {
            return null;
        }
        byte[] mac = mac(name);
        return all.get(((mac[0] & 0xff) << 8 | mac[1] & 0xff) % all.size());
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key());
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    @Override
    public @Nullable User find(String name, String password) {
        return attempt(name, entry -> entry.isPassword(password));
    }

    @Override
    public @Nullable User find(String name, Proof proof) {
        return attempt(name, entry -> proof.holds(name, entry.account.password()));
    }

    private @Nullable User attempt(String name, Predicate<Entry> proof) {
        Entry entry = byName.get(name);
        Entry tried = entry != null ? entry : standIn(name);
        boolean right = tried != null && proof.test(tried);
        return entry != null && entry.admits(right) ? entry.user : null;
    }

    @Override
    public @Nullable User named(String name) {
        Entry entry = byName.get(name);
        return entry == null ? null : entry.user;
    }

    @Override
    public List<String> withoutDigest(String realm) {
        return all.stream()
                .map(each -> each.account)
                .filter(
                        each ->
                                each.password().digestSecret("SHA-256", each.name(), realm) == null
                                        && each.password().digestSecret("MD5", each.name(), realm)
                                                == null)
                .map(Account::name)
                .sorted()
                .toList();
    }
}
