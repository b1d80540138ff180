package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Users that can be exchanged for others while requests ask for them. Thread-safe. */
public final class ReloadableUsers implements Users {
    private volatile Users current = NONE;

    /** Has others in force from now on. */
    public void replace(Users others) {
        current = others;
    }

    @Override
    public @Nullable User find(String name, String password) {
        return current.find(name, password);
    }

    @Override
    public @Nullable User find(String name, Proof proof) {
        return current.find(name, proof);
    }

    @Override
    public @Nullable User named(String name) {
        return current.named(name);
    }

    @Override
    public List<String> withoutDigest(String realm) {
        return current.withoutDigest(realm);
    }
}
