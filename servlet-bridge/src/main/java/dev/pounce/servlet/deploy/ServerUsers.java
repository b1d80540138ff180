package dev.pounce.servlet.deploy;

import dev.pounce.config.Account;
import dev.pounce.config.SecurityConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.servlet.model.DescriptorException;
import dev.pounce.servlet.model.UsersReader;
import dev.pounce.servlet.security.AccountUsers;
import dev.pounce.servlet.security.Users;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the users of a server: those of its file and those of its configuration. */
final class ServerUsers {
    private static final Logger LOG = LoggerFactory.getLogger(ServerUsers.class);

    private ServerUsers() {}

    /**
     * Reads them. Where there is no file, there are no users of it.
     *
     * @throws IOException when the file cannot be read, is malformed, or has a user that the
     *     configuration has too
     */
    static Users read(ServerConfig config) throws IOException {
        SecurityConfig security = config.security();
        List<Account> accounts = new ArrayList<>(ofFile(config.users(), security));
        Set<String> names = new HashSet<>();
        accounts.forEach(each -> names.add(each.name()));
        for (Account each : security.users()) {
            if (!names.add(each.name())) {
                throw new IOException(
                        "the user "
                                + each.name()
                                + " is in security.accounts and in "
                                + config.users());
            }
            accounts.add(each);
        }
        return new AccountUsers(
                accounts, security.maxFailures(), security.lockOut(), InstantSource.system());
    }

    private static List<Account> ofFile(Path file, SecurityConfig security) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            List<Account> accounts = UsersReader.read(in, security.passwordAlgorithm());
            for (Account each : accounts) {
                if (each.password().looksHashed()) {
                    LOG.warn(
                            "{}: the password of {} looks like a hash and is taken as it is;"
                                    + " security.password_algorithm says how it was made",
                            file,
                            each.name());
                }
            }
            return accounts;
        } catch (DescriptorException e) {
            throw new IOException(file + ":" + e.getMessage(), e);
        }
    }
}
