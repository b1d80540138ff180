package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 3.2: the four forms of a target, and RFC 3986 for what is in them. */
class Rfc9112Section3_2RequestTargetTest extends WireTest {

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\nHost: " + host + "\n\n";
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/fused, a",
        "HTTP://a/fused, a",
        "http://A.example:8080/fused, a.example:8080",
        "http://[::1]:80/fused, [::1]:80",
        "http://a/fused?x=1, a",
    })
    void theAbsoluteFormIsServed(String target, String host) throws Exception {
        assertServed("GET ", get(target, host));
    }

    @ParameterizedTest
    @CsvSource({
        "http://b/fused, a",
        "http://a:80/fused, a",
        "http://a/fused, a:80",
        "http://a.b/fused, a",
        "http://a/fused, ''",
    })
    void anAbsoluteFormThatDisagreesWithHostIs400(String target, String host) throws Exception {
        assertRefused(400, get(target, host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///fused",
                "http://",
                "http:/fused",
                "http:fused",
                "http://u@a/fused",
                "http://a:x/fused",
                "http://[::1/fused",
                "http://a%zz/fused",
                "ftp://a/fused",
                "fused",
                "a:80",
                "?x",
                "*",
                "file:///etc/passwd",
            })
    void whatIsInNoneOfTheFormsIs400(String target) throws Exception {
        assertRefused(400, get(target, "a"));
        assertRefused(400, "GET " + target + " HTTP/1.0\n\n");
    }

    @Test
    void theAsteriskFormIsForOptionsOnly() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    OPTIONS * HTTP/1.1
                    Host: a

                    """);
            assertEquals(
                    """
                    HTTP/1.1 204 No Content
                    Allow: GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS

                    """,
                    client.readHead());
        }
        assertRefused(400, "POST * HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:80", "/fused", "http://a/fused", "*"})
    void connectIs501WhateverItsTarget(String target) throws Exception {
        assertRefused(501, "CONNECT " + target + " HTTP/1.1\nHost: a\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%+1",
                "/a%2 ",
                "/%ff",
                "/%c0%af",
                "/%c0%ae%c0%ae/",
                "/%ed%a0%80",
                "/a%00",
                "/a%0a",
                "/a%0D",
                "/a%7f",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
            })
    void percentEncodingThatIsBrokenOrHidesSomethingIs400(String target) throws Exception {
        assertRefused(400, get(target, "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../fused",
                "/a/../../fused",
                "/./../fused",
                "/a//../../../fused",
                "/%2e%2e/fused",
                "/a/%2e%2e/fused",
                "/a/.%2e/fused",
                "/a/%2e/fused",
                "/a/..;x=1/fused",
                "/a/.;x/fused",
                "/;x/fused",
            })
    void dotSegmentsThatClimbOutOrHideAre400(String target) throws Exception {
        assertRefused(400, get(target, "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fused",
                "/./fused",
                "/a/../fused",
                "//fused",
                "/a/b/../..//./fused",
                "/fused;x=1",
                "/%66used",
                "/fused?",
                "/fused?a=%",
                "/fused?/../..",
                "/fused?a|b[]{}^`\\",
            })
    void otherSpellingsOfAPathAreTheSamePath(String target) throws Exception {
        assertServed("GET ", get(target, "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fused#x",
                "/fu\"sed",
                "/fu<sed",
                "/fused?a#b",
                "/fused?a\"b",
                "/fus\u00e9d",
                "/fused?\u00e9",
                "/fus␀ed",
                "/fused?␡",
                "/{fused}",
            })
    void charactersThatMustBeEncodedAre400(String target) throws Exception {
        assertRefused(400, get(target, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "http://a?x"})
    void anAbsoluteFormWithoutAPathMeansTheRoot(String target) throws Exception {
        try (RawClient client = server.connect()) {
            client.sendBytes(Wire.bytes(get(target, "a")));
            assertTrue(client.readHead().startsWith("HTTP/1.1 404 "));
        }
    }
}
