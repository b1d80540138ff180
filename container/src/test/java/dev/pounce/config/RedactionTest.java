package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void namesOfSecretsAreKnown() {
        for (String name :
                "Authorization Proxy-Authorization Cookie Set-Cookie password db.passwd X-Auth-Token api_key apiKey csrf client_secret JSESSIONID"
                        .split(" ")) {
            assertEquals(Redaction.MARK, Redaction.value(name, "x"), name);
        }
        for (String name : "Host Accept-Encoding page monkey author".split(" ")) {
            assertEquals("x", Redaction.value(name, "x"), name);
        }
    }

    @Test
    void valuesOfAssignmentsAreReplaced() {
        assertEquals(
                "-Xmx1g -Dpassword=(redacted) -Da=b",
                Redaction.assignments("-Xmx1g -Dpassword=$1\\ -Da=b"));
        assertEquals("a=1&token=(redacted)&b", Redaction.assignments("a=1&token=x%20y&b"));
        assertEquals("no assignment", Redaction.assignments("no assignment"));
    }
}
