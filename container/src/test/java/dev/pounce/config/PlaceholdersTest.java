package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class PlaceholdersTest {
    private final Placeholders placeholders =
            new Placeholders(
                    Map.of("PORT", "9000", "EMPTY", "", "TRICK", "${env:PORT}", "PASSWORD", "hush"),
                    Map.of("user.name", "ada", "a:b", "colon")::get);

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "${env:PORT},9000",
        "${sys:user.name},ada",
        "${sys:a:b},colon",
        "a${env:PORT}b${sys:user.name}c,a9000badac",
        "${env:PORT}${env:PORT},90009000",
        "${env:PORT:-8080},9000",
        "${env:NONE:-8080},8080",
        "${env:EMPTY:-8080},8080",
        "<${env:EMPTY}>,<>",
        "<${env:NONE:-}>,<>",
        "${env:NONE:-a:-b},a:-b",
        "${env:NONE:-${sys:none:-${env:PORT}}},9000",
        "${env:NONE:-{MD5}ab},{MD5}ab",
        "${env:NONE:-$${x}},${x}",
        "${env:TRICK},${env:PORT}",
        "$${env:PORT},${env:PORT}",
        "$$${env:PORT},$${env:PORT}",
        "a$b$$c$,a$b$$c$",
        "$argon2id$v=19$m=1,$argon2id$v=19$m=1",
        "{a}$,{a}$"
    })
    void placeholdersAreReplaced(String text, String replaced) {
        assertEquals(replaced, placeholders.replace(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "${", "$${env:PORT}", "${env:PORT}", "a${b}$$${c", "}{$"})
    void whatIsEscapedComesBack(String text) {
        assertEquals(text, placeholders.replace(Placeholders.escape(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NONE}|the environment variable NONE is not set; ${env:NONE:-default} would"
                        + " do",
                "${sys:none}|the system property none is not set (-Dnone=value in JAVA_OPTS sets",
                "${env:A:-${env:NONE}}|the environment variable NONE is not set",
                "${PORT}|${PORT} is neither ${env:NAME}, an environment variable, nor ${sys:name}",
                "${env:}|${env:} is neither",
                "${sys::-x}|${sys:} is neither",
                "${}|${} is neither",
                "${ENV:PORT}|is neither",
                "a${env:PORT|has a ${ that no } closes",
                "${env:PORT:-{}|has a ${ that no } closes"
            })
    void whatHasNoValueIsNamed(String text, String why) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> placeholders.replace("${env:PASSWORD}" + text));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertFalse(e.getMessage().contains("hush"), e.getMessage());
    }

    @Test
    void defaultsInDefaultsEnd() {
        String deep = "${env:NONE:-".repeat(100_000) + "}".repeat(100_000);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> placeholders.replace(deep));
        assertEquals("has more than 10 placeholders in each other", e.getMessage());
    }
}
