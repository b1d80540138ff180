package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class CompressionRuleTest {

    @Test
    void aRuleChangesWhatItNamesAndNothingElse() {
        ServerConfig config = ServerConfig.defaults().with("compression.gzip.level", "2");
        CompressionConfig changed =
                CompressionRule.of(
                                "/shop/** zstd.level=3 min_size=1KiB types=text/html;text/css"
                                        + " strong_etag=identity")
                        .apply(config);
        assertEquals(3, changed.zstd().level());
        assertEquals(17, changed.zstd().windowLog());
        assertEquals(1024, changed.minSize());
        assertEquals(List.of("text/html", "text/css"), changed.types());
        assertEquals(CompressionConfig.StrongEtag.IDENTITY, changed.strongEtag());
        assertEquals(2, changed.gzip().level());
        assertTrue(changed.enabled());
    }

    @Test
    void aPatternIsMatchedWithTheWholePath() {
        CompressionRule rule = CompressionRule.of("/shop/*.json enabled=off");
        assertTrue(rule.matches("/shop/a.json"));
        assertFalse(rule.matches("/shop/a/b.json"));
        assertFalse(rule.matches("/a.json"));
        assertTrue(CompressionRule.of("/shop/** enabled=off").matches("/shop/a/b.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop enabled=off | the pattern has to begin with a slash",
                "/shop | it sets nothing",
                "/shop enabled | enabled has no value",
                "/shop =1 | =1 has no value",
                "/shop memory=1KiB | compression.memory is the same for all paths",
                "/shop rules=x | compression.rules is the same for all paths",
                "/shop zstd.levl=1 | compression.zstd.levl: unknown setting; did you mean"
                        + " compression.zstd.level?",
                "/shop zstd.level=99 | compression.zstd.level: \"99\" is not an integer from 1 to 9"
            })
    void whatIsNoRuleIsRefusedWithItsReason(String text, String why) {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> CompressionRule.of(text));
        assertEquals("compression.rules", refused.path());
        assertEquals(
                "compression.rules: \""
                        + text
                        + "\" is not a pattern and settings with spaces between them, such as"
                        + " \"/shop/** zstd.level=3 min_size=1KiB\": "
                        + why,
                refused.getMessage());
    }
}
