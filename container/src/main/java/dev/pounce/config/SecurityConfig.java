package dev.pounce.config;

import dev.pounce.password.StoredPassword;

import java.time.Duration;
import java.util.List;

/** Users of web applications, and what is demanded of their requests. */
public record SecurityConfig(
        @Setting(
                        value =
                                "Users besides those of the file. Each element is a name, a"
                                        + " hash that `pounce password` makes, and roles, with"
                                        + " spaces between them.",
                        secret = true)
                List<String> accounts,
        @Setting(
                        "How the passwords in the file of users are hashed that do not name"
                                + " their algorithm: that of Tomcat's CredentialHandler, such"
                                + " as `SHA-256` or `PBKDF2WithHmacSHA512`; `none` where they"
                                + " are not hashed. A password that begins with its algorithm"
                                + " in braces, as `pounce password` writes it, says so itself.")
                String passwordAlgorithm,
        @Setting(
                        value =
                                "Wrong passwords for a name, each within"
                                        + " `security.lock_out` of the one before, after which"
                                        + " nobody logs in by that name for that time. 0 is no"
                                        + " limit. Each application counts for itself.",
                        min = "0",
                        max = "1000000")
                int maxFailures,
        @Setting(
                        value = "How long a name is locked out after its last wrong password.",
                        min = "1s",
                        max = "30d")
                Duration lockOut,
        @Setting(
                        value =
                                "The port to which clients are redirected with https that ask"
                                        + " without TLS for what needs it (`CONFIDENTIAL`), for"
                                        + " instance that of a proxy; 0 answers them with 403.",
                        min = "0",
                        max = "65535")
                int httpsPort,
        @Setting(
                        value =
                                "Content of a request that is kept, in the session, while its"
                                        + " user logs in with a form; more is answered with 413.",
                        min = "0",
                        max = "16MiB",
                        bytes = true)
                int maxSavedBody) {

    /**
     * Checks the settings of this level and copies the list.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public SecurityConfig {
        ServerConfig.schema()
                .check(
                        SecurityConfig.class,
                        accounts,
                        passwordAlgorithm,
                        maxFailures,
                        lockOut,
                        httpsPort,
                        maxSavedBody);
        accounts = List.copyOf(accounts);
        if (!passwordAlgorithm.equals(StoredPassword.PLAIN)
                && !StoredPassword.isAlgorithm(passwordAlgorithm)) {
            throw new ConfigException(
                    "security.password_algorithm",
                    "\""
                            + passwordAlgorithm
                            + "\" is neither none nor an algorithm of this Java, such as"
                            + " SHA-256 or PBKDF2WithHmacSHA512");
        }
        read(accounts);
    }

    /** The accounts, in their order. */
    public List<Account> users() {
        return read(accounts);
    }

    private static List<Account> read(List<String> texts) {
        List<Account> read = texts.stream().map(Account::of).toList();
        if (read.stream().map(Account::name).distinct().count() < read.size()) {
            throw new ConfigException("security.accounts", "has two users of one name");
        }
        return read;
    }
}
