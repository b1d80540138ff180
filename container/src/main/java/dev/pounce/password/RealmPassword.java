package dev.pounce.password;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/**
 * What DIGEST needs of a password: good for one realm and one algorithm.
 *
 * @param algorithm {@code SHA-256} or {@code MD5}
 * @param realm the realm
 * @param hash of name, realm and password, in lower-case hexadecimal
 */
record RealmPassword(String algorithm, String realm, String hash) implements StoredPassword {

    @Override
    public boolean matches(String name, String password) {
        return MessageDigest.isEqual(
                Hashing.utf8(hash),
                Hashing.utf8(Hashing.realmHash(algorithm, name, realm, password)));
    }

    @Override
    public @Nullable String digestSecret(String wanted, String name, String realmWanted) {
        return wanted.equals(algorithm) && realmWanted.equals(realm) ? hash : null;
    }

    @Override
    public String toString() {
        return "the hash of a password for the realm " + realm;
    }
}
