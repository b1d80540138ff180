package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class CookiesTest {
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    private static List<String> read(String... fields) {
        return CookieReader.read(List.of(fields)).stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .toList();
    }

    @Test
    void pairsAreReadInOrderAcrossFields() {
        assertEquals(List.of("a=1", "b=", "a=2", "c=x=y"), read("a=1; b=; a=2", "c=x=y"));
    }

    @Test
    void quotesArePartOfTheValue() {
        assertEquals(List.of("a=\"1\""), read("a=\"1\""));
    }

    @Test
    void aMalformedPairIsLeftOutAndTheOthersAreRead() {
        assertEquals(
                List.of("ok=1", "end=2"),
                read("ok=1; bad name=1; =3; none; q=\"half; s=a b; c=a,b; u=\u00e9; end=2"));
    }

    @Test
    void aPlainCookieIsItsPair() {
        assertEquals("a=1", SetCookie.value(new Cookie("a", "1"), NOW));
    }

    @Test
    void attributesFollowThePair() {
        Cookie cookie = new Cookie("id", "x");
        cookie.setPath("/app");
        cookie.setDomain("example.org");
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setMaxAge(60);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setAttribute("Partitioned", "true");
        List<String> parts = List.of(SetCookie.value(cookie, NOW).split("; "));
        assertEquals("id=x", parts.get(0));
        assertEquals(
                List.of(
                        "Domain=example.org",
                        "Expires=Fri, 02 Jan 2026 03:05:05 GMT",
                        "HttpOnly",
                        "Max-Age=60",
                        "Partitioned",
                        "Path=/app",
                        "SameSite=Lax",
                        "Secure"),
                parts.stream().skip(1).sorted().toList());
    }

    /** RFC 6265 section 4.1.1: Max-Age must not be 0. */
    @Test
    void anAgeOfZeroExpiresLongAgo() {
        Cookie cookie = new Cookie("a", "");
        cookie.setMaxAge(0);
        assertEquals("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", SetCookie.value(cookie, NOW));
    }

    @Test
    void aCookieOfTheSessionHasNoAge() {
        Cookie cookie = new Cookie("a", "1");
        cookie.setMaxAge(5);
        cookie.setMaxAge(-1);
        cookie.setSecure(true);
        cookie.setSecure(false);
        assertEquals("a=1", SetCookie.value(cookie, NOW));
    }

    @Test
    void whatWouldSplitTheFieldIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SetCookie.value(new Cookie("a", "1; Domain=evil"), NOW));
        Cookie path = new Cookie("a", "1");
        path.setPath("/x;Secure");
        assertThrows(IllegalArgumentException.class, () -> SetCookie.value(path, NOW));
        Cookie line = new Cookie("a", "1");
        line.setPath("/\r\nX: y");
        assertThrows(IllegalArgumentException.class, () -> SetCookie.value(line, NOW));
    }
}
