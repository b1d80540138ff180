package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.config.Key;
import dev.pounce.config.Placeholders;
import dev.pounce.config.ServerConfig;
import dev.pounce.yaml.SettingCollector;
import dev.pounce.yaml.YamlFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds the files that are generated from the configuration records to them. After a change of the
 * records, write them anew: {@code mvn -pl container -am test -Dtest=GeneratedFilesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dpounce.generate}.
 */
class GeneratedFilesTest {

    private static final Path ROOT = Path.of(System.getProperty("pounce.root", ".."));
    private static final String FILE = "conf/pounce.yaml";
    private static final String REFERENCE = "docs/configuration.md";

    @BeforeAll
    static void generate() throws IOException {
        if (System.getProperty("pounce.generate") != null) {
            Files.writeString(ROOT.resolve(FILE), ConfigReference.file());
            Files.writeString(ROOT.resolve(REFERENCE), ConfigReference.markdown());
        }
    }

    @Test
    void theConfigurationFileHasEverySetting() throws IOException {
        assertUpToDate(FILE, ConfigReference.file());
    }

    @Test
    void theReferenceHasEverySetting() throws IOException {
        assertUpToDate(REFERENCE, ConfigReference.markdown());
    }

    @Test
    void theConfigurationFileSetsExactlyTheDefaults() throws InvalidConfiguration {
        SettingCollector settings = new SettingCollector();
        new YamlFile(ServerConfig.schema(), Path.of(""), Placeholders.of(Map.of()), settings)
                .read(ROOT.resolve(FILE));
        Configuration configuration = Configuration.of(settings, Path.of(""));
        assertEquals(ServerConfig.defaults(), configuration.server());
        Set<String> keys = new HashSet<>();
        ServerConfig.schema().keys().forEach(key -> keys.add(key.path()));
        assertEquals(keys, configuration.origins().keySet());
    }

    @Test
    void everySettingHasAVariableOfItsOwn() {
        Set<String> variables =
                new HashSet<>(Set.of(Environment.HOME, Environment.BASE, Environment.BACKGROUND));
        for (Key key : ServerConfig.schema().keys()) {
            assertEquals(true, variables.add(Environment.variable(key)), key.path());
        }
    }

    private static void assertUpToDate(String file, String content) throws IOException {
        String hint = file + " is not what the records say: run this test with -Dpounce.generate";
        assertEquals(content, Files.readString(ROOT.resolve(file)), hint);
    }
}
