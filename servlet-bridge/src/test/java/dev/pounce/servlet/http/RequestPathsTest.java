package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.route.PathPattern;

import jakarta.servlet.http.MappingMatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathsTest {

    /** Servlet specification, sections 3.5 and 12.2; the Javadoc of HttpServletMapping. */
    @ParameterizedTest
    @CsvSource({
        "/catalog,   /catalog,         /catalog, ,        catalog,   EXACT",
        "/a/*,       /a/b/c,           /a,       /b/c,    b/c,       PATH",
        "/a/*,       /a,               /a,       ,        '',        PATH",
        "/a/*,       /a/,              /a,       /,       '',        PATH",
        "/*,         /a/b,             '',       /a/b,    a/b,       PATH",
        "*.jsp,      /x/y.jsp,         /x/y.jsp, ,        x/y,       EXTENSION",
        "'',         /,                '',       /,       '',        CONTEXT_ROOT",
        "/,          /other,           /other,   ,        '',        DEFAULT"
    })
    void aPathIsDivided(
            String pattern,
            String path,
            String servletPath,
            String pathInfo,
            String matchValue,
            MappingMatch match) {
        RequestPaths paths =
                RequestPaths.of("/app", path, PathPattern.ofServlet(pattern), "the servlet");
        assertEquals("/app", paths.contextPath());
        assertEquals(servletPath, paths.servletPath());
        assertEquals(pathInfo, paths.pathInfo());
        assertEquals(matchValue, paths.mapping().getMatchValue());
        assertEquals(pattern, paths.mapping().getPattern());
        assertEquals(match, paths.mapping().getMappingMatch());
        assertEquals("the servlet", paths.mapping().getServletName());
    }

    @Test
    void aRedirectIsMadeAbsolute() {
        RequestUrl url = new RequestUrl("https", "example.org", 443);
        String uri = "/app/x/y";
        assertEquals("https://example.org/app/x/z", url.absolute("z", uri));
        assertEquals("https://example.org/z", url.absolute("/z", uri));
        assertEquals("https://other/z", url.absolute("//other/z", uri));
        assertEquals("http://other/z", url.absolute("http://other/z", uri));
        assertEquals("https://example.org/app/x/y?a=b:c", url.absolute("?a=b:c", uri));
        assertEquals("https://example.org/z?u=http://q", url.absolute("/z?u=http://q", uri));
        assertEquals("https://example.org/app/x/;p?q/../r", url.absolute("./;p?q/../r", uri));
        assertEquals("https://example.org/app/", url.absolute("..", uri));
        assertEquals(
                "https://example.org/z/", url.absolute("/../a/.././z/.#/../", uri).split("#")[0]);
        assertEquals("https://example.org/a/.b/..c", url.absolute("/a/.b/..c", uri));
        assertEquals("http://h:8080", new RequestUrl("http", "h", 8080).origin());
    }
}
