package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheRuleTest {

    @ParameterizedTest
    @CsvSource({
        "*.css,/a.css,true",
        "*.css,/sub/a.css,true",
        "*.css,/a.css.map,false",
        "*.css,/a.CSS,false",
        "a.css,/sub/a.css,true",
        "/a.css,/sub/a.css,false",
        "/a.css,/a.css,true",
        "/a/*,/a/x,true",
        "/a/*,/a/b/x,false",
        "/a/**,/a/b/x,true",
        "/a/**,/a,false",
        "/a/**/x.js,/a/b/c/x.js,true",
        "/**,/any/thing,true",
        "x?.js,/x1.js,true",
        "x?.js,/x12.js,false",
        "/x?y,/x/y,false",
        "a+(b).js,/a+(b).js,true",
        "a.js,/aXjs,false",
        "[ab].js,/a.js,false"
    })
    void patternsMatch(String pattern, String path, boolean matches) {
        assertEquals(matches, CacheRule.of(pattern + " no-store").matches(path));
    }

    @Test
    void directivesAreJoined() {
        assertEquals(
                "public, max-age=31536000, immutable",
                CacheRule.of("  /x   public max-age=31536000  immutable ").value());
        assertEquals("no-cache=\"set-cookie\"", CacheRule.of("* no-cache=\"set-cookie\"").value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.css",
                "/a/**",
                "a/b no-cache",
                "* public, max-age=1",
                "* max-age =1",
                "* no-cache=\"a b\"",
                "* m\u00e4x",
                "* a=b=c",
                "* =1"
            })
    void whatIsNoRuleIsRefusedWithAnExample(String text) {
        ConfigException refused =
                assertThrows(
                        ConfigException.class,
                        () ->
                                new StaticFilesConfig(
                                        true,
                                        java.util.List.of(text),
                                        16,
                                        0,
                                        0,
                                        java.time.Duration.ZERO));
        assertEquals("static_files.cache_control", refused.path());
        assertTrue(refused.problem().contains("/assets/** public max-age="), refused.problem());
    }

    @Test
    void aConfigurationHasItsRulesInOrder() {
        ServerConfig config =
                ServerConfig.defaults()
                        .with(
                                "static_files.cache_control",
                                "*.html no-cache, /assets/** public max-age=60");
        assertEquals(
                java.util.List.of("no-cache", "public, max-age=60"),
                config.staticFiles().cacheRules().stream().map(CacheRule::value).toList());
    }
}
