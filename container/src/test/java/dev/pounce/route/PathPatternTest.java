package dev.pounce.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Servlet specification, section 12.2, and the templates of fused handlers. */
class PathPatternTest {

    private static Route route(String pattern) {
        PathPattern parsed =
                pattern.indexOf('{') < 0
                        ? PathPattern.ofServlet(pattern)
                        : PathPattern.ofFused(pattern);
        return new Route(parsed, exchange -> {}, pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.", "a", "*", "x/*", "a*.do"})
    void aMalformedUrlPatternIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> PathPattern.ofServlet(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "/a{b}", "/{}", "/{a}/{a}", "/a}"})
    void aMalformedTemplateIsRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> PathPattern.ofFused(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/exact, /exact",
        "/a/b/c, /a/b/*",
        "/a/b, /a/b/*",
        "/a/bc, /a/*",
        "/user/7, /user/{id}",
        "/user/7/x, /user/*",
        "/page.do, *.do",
        "/dir.do/page, /",
        "/a/page.do, /a/*",
        "/, ''"
    })
    void theOrderIsExactThenLongestPrefixThenExtensionThenDefault(String path, String wanted) {
        List<Route> routes = new ArrayList<>();
        for (String pattern :
                List.of("/exact", "/a/*", "/a/b/*", "/user/{id}", "/user/*", "*.do", "/", "")) {
            routes.add(route(pattern));
        }
        Route match = new ContextRoutes("", routes).match(path);
        assertEquals(wanted, match == null ? null : match.name());
    }

    @Test
    void nothingMatchesWithoutADefault() {
        assertNull(new ContextRoutes("/app", List.of(route("/a"))).match("/b"));
    }

    @Test
    void templatesThatDifferOnlyInNamesAreTheSame() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ContextRoutes("", List.of(route("/x/{a}"), route("/x/{b}"))));
    }

    @Test
    void aVariableIsOneSegmentThatIsNotEmpty() {
        var template = (PathPattern.Template) PathPattern.ofFused("/a/{x}/b");
        assertTrue(template.matches("/a/1/b"));
        assertFalse(template.matches("/a//b"));
        assertFalse(template.matches("/a/1/2/b"));
        assertFalse(template.matches("/a/1/b/"));
        assertEquals("1", template.variable("/a/1/b", "x"));
        assertThrows(IllegalArgumentException.class, () -> template.variable("/a/1/b", "y"));
    }
}
