package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Which URLs lead into an application, and where an id stands in them. */
class SessionUrlsTest {
    private final SessionUrls urls =
            new SessionUrls("http://Host:8080", "/app/dir/page;jsessionid=old", "/app");

    @ParameterizedTest
    @CsvSource({
        "/app, /app;jsessionid=ID",
        "/app/, /app/;jsessionid=ID",
        "/app/x?a=/b;c#d, /app/x;jsessionid=ID?a=/b;c#d",
        "/app/x#d?e, /app/x;jsessionid=ID#d?e",
        "/app/x;v=1, /app/x;v=1;jsessionid=ID",
        "x, x;jsessionid=ID",
        "../x, ../x;jsessionid=ID",
        "./, ./;jsessionid=ID",
        "'', /app/dir/page;jsessionid=ID",
        "?q=1, /app/dir/page;jsessionid=ID?q=1",
        "http://host:8080/app/x, http://host:8080/app/x;jsessionid=ID",
        "HTTP://HOST:8080/app/x?y, HTTP://HOST:8080/app/x;jsessionid=ID?y",
        "//host:8080/app/x, //host:8080/app/x;jsessionid=ID",
    })
    void urlsOfTheApplicationGetTheId(String url, String expected) {
        assertEquals(expected, urls.withId(url, "ID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#there",
                "/",
                "/application/x",
                "/other",
                "/app/../other",
                "/app/%2e%2E/other",
                "/app/..;/other",
                "../../other/x",
                "http://host/app/x",
                "https://host:8080/app/x",
                "http://host:8080@evil/app/x",
                "http://evil/app/x",
                "http://host:8080.evil/app/x",
                "http:/app/x",
                "//evil/app/x",
                "///app/x",
                "/\\evil/app",
                " //evil/app/x",
                "/\t/evil/app/x",
                "mailto:a@b",
                "javascript:alert(1)",
                "/app/x;jsessionid=other",
            })
    void allOthersStayAsTheyAre(String url) {
        assertEquals(url, urls.withId(url, "ID"));
    }

    @Test
    void thePortOfTheSchemeNeedNotBeNamed() {
        SessionUrls plain = new SessionUrls("http://host", "/", "");
        assertEquals("http://host:80/x;jsessionid=I", plain.withId("http://host:80/x", "I"));
        assertEquals("http://host/;jsessionid=I?a", plain.withId("http://host?a", "I"));
        assertEquals("http://host:443/x", plain.withId("http://host:443/x", "I"));
        SessionUrls secure = new SessionUrls("https://host", "/", "");
        assertEquals("https://host:443/;jsessionid=I", secure.withId("https://host:443", "I"));
        assertEquals("http://host/x", secure.withId("http://host/x", "I"));
    }

    @Test
    void idsAreFoundInAnySegment() {
        assertEquals(
                List.of("a", "b"),
                SessionUrls.idsIn("/x;jsessionid=a;v/y;jsessionid=/z;w;jsessionid=b"));
        assertEquals(List.of(), SessionUrls.idsIn("/jsessionid=a"));
    }
}
