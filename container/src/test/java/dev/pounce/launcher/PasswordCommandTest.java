package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.password.StoredPassword;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

class PasswordCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String input, String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        PasswordCommand command =
                new PasswordCommand(
                        new ByteArrayInputStream(input.getBytes(Charset.defaultCharset())),
                        null,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        errors);
        return new CommandLine(command)
                .setErr(new java.io.PrintWriter(errors, true))
                .execute(arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void theHashOfTheFirstLineIsOneThatASettingTakes() {
        assertEquals(ExitCode.OK, run("a secret\nanother line", "--iterations", "20"));
        assertTrue(StoredPassword.parse(output(), StoredPassword.PLAIN).matches("ada", "a secret"));
        ServerConfig config =
                ServerConfig.defaults().with("security.accounts", "ada " + output() + " admin");
        assertTrue(config.security().users().get(0).password().matches("ada", "a secret"));
        assertEquals("[admin]", config.security().users().get(0).roles().toString());
    }

    @Test
    void theHashForDigestIsGoodForOneNameAndRealm() {
        assertEquals(ExitCode.OK, run("a secret", "--digest", "The realm", "ada"));
        StoredPassword stored = StoredPassword.parse(output(), StoredPassword.PLAIN);
        assertEquals(
                StoredPassword.parse("a secret", StoredPassword.PLAIN)
                        .digestSecret("SHA-256", "ada", "The realm"),
                stored.digestSecret("SHA-256", "ada", "The realm"));
    }

    @Test
    void withoutAPasswordOrANameThatIsNeededThereIsNone() {
        assertEquals(ExitCode.WRONG_USAGE, run(""));
        assertEquals(ExitCode.WRONG_USAGE, run("x", "--digest", "realm"));
        assertEquals(ExitCode.WRONG_USAGE, run("x", "--iterations", "0"));
        assertEquals("", output());
        String errors = err.toString(StandardCharsets.UTF_8);
        assertTrue(errors.contains("there is no password"), errors);
        assertTrue(errors.contains("--digest needs the NAME"), errors);
    }
}
