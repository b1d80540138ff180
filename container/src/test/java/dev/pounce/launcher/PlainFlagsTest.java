package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** What is read without picocli is read as picocli reads it; the rest is left to it. */
class PlainFlagsTest {

    @Command(name = "run", mixinStandardHelpOptions = true)
    private static final class Run {
        @Mixin private final ConfigOptions options = new ConfigOptions();
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--port 0",
                "--port=0 --host=127.0.0.1",
                "--dev",
                "--cpu-affinity --workers 2",
                "--no-cpu-affinity",
                "--webapps here --config conf/other.yaml",
                "--set a=b --set=c.d=e=f --set x=",
                "--port nonsense",
                "--set no-equals-sign",
            })
    void plainFlags(String line) {
        Run run = new Run();
        new CommandLine(run).parseArgs(words(line).toArray(String[]::new));
        ConfigOptions plain = ConfigOptions.plain(words(line));
        assertNotNull(plain);
        assertEquals(run.options.flags(), plain.flags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "--version",
                "--prot 0",
                "--port",
                "--port=",
                "--port --dev",
                "--port 1 --port 2",
                "--dev=true",
                "--cpu-affinity=false",
                "--set",
                "--set \"a=b\"",
                "stray",
                "@file",
                "--config @file",
                "--",
                "--por=1",
            })
    void anythingElseIsLeftToPicocli(String line) {
        assertNull(ConfigOptions.plain(words(line)));
    }

    @Test
    void aValueMayHaveBlanks() {
        ConfigOptions plain = ConfigOptions.plain(List.of("--webapps", "my apps"));
        assertNotNull(plain);
        assertEquals(List.of("--webapps=my apps"), plain.flags());
    }
}
