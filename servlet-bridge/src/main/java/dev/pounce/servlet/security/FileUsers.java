package dev.pounce.servlet.security;

import dev.pounce.servlet.model.DescriptorException;
import dev.pounce.servlet.model.UserDeclaration;
import dev.pounce.servlet.model.UsersReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** The users of a file, read once. Immutable. */
public final class FileUsers implements Users {
    private final Map<String, UserDeclaration> byName = new HashMap<>();

    private FileUsers() {}

    /**
     * Reads a file; where there is none, there are no users.
     *
     * @throws IOException when it cannot be read, or is malformed
     */
    public static Users of(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        FileUsers users = new FileUsers();
        try (InputStream in = Files.newInputStream(file)) {
            for (UserDeclaration each : UsersReader.read(in)) {
                users.byName.put(each.name(), each);
            }
            return users;
        } catch (DescriptorException e) {
            throw new IOException(file + ":" + e.getMessage(), e);
        }
    }

    /** Takes as long for a user that there is not as for a wrong password. */
    @Override
    public @Nullable User find(String name, String password) {
        UserDeclaration user = byName.get(name);
        String expected = user == null ? "" : user.password();
        boolean same = MessageDigest.isEqual(digest(expected), digest(password));
        return user != null && same ? new User(name, user.roles()) : null;
    }

    /** Of one length, so that comparing tells nothing of the password's. */
    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
