package dev.pounce.launcher;

import dev.pounce.password.PasswordHashes;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code pounce password}: makes the hash of a password. It is asked for, or read from standard
 * input; never an argument, which other users of the machine could see.
 */
@Command(
        name = "password",
        description =
                "Print the hash of a password, for the file of users or security.accounts. The"
                        + " password is asked for, or is the first line of standard input.")
final class PasswordCommand implements Callable<Integer> {

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "How much work it is to try a password (default: ${DEFAULT-VALUE}).")
    private int iterations = PasswordHashes.DEFAULT_ITERATIONS;

    @Option(
            names = "--digest",
            paramLabel = "REALM",
            description =
                    "Make the hash that a user of DIGEST needs, for this realm-name; it is good"
                            + " for the user NAME.")
    private @Nullable String realm;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The user, with --digest.")
    private @Nullable String name;

    @Spec private @Nullable CommandSpec spec;

    private final InputStream in;
    private final @Nullable Console console;
    private final PrintStream out;
    private final PrintStream err;

    PasswordCommand(InputStream in, @Nullable Console console, PrintStream out, PrintStream err) {
        this.in = in;
        this.console = console;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (iterations < 1) {
            throw wrong("--iterations must be at least 1");
        }
        if (realm != null && name == null) {
            throw wrong("--digest needs the NAME of the user, which is part of the hash");
        }
        String password = read();
        if (password == null || password.isEmpty()) {
            err.println("pounce: there is no password");
            return ExitCode.WRONG_USAGE;
        }
        String hash =
                realm == null || name == null
                        ? PasswordHashes.of(password, iterations)
                        : PasswordHashes.ofRealm(name, realm, password);
        out.println(hash);
        out.flush();
        return ExitCode.OK;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), what);
    }

    private @Nullable String read() throws IOException {
        Console terminal = console;
        if (terminal == null || !terminal.isTerminal()) {
            return new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))
                    .readLine();
        }
        char[] first = terminal.readPassword("Password: ");
        char[] second = terminal.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            err.println("pounce: the two are not the same");
            return null;
        }
        return new String(first);
    }
}
