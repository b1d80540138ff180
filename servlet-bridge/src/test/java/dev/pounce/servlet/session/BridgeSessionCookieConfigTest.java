package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;
import java.util.Map;

/** The Javadoc of SessionCookieConfig. */
class BridgeSessionCookieConfigTest {
    private final BridgeSessionCookieConfig config = new BridgeSessionCookieConfig();

    @Test
    void nothingSaidIsTheDefault() {
        assertNull(config.getName());
        assertNull(config.getPath());
        assertNull(config.getDomain());
        assertEquals(-1, config.getMaxAge());
        assertFalse(config.isSecure());
        assertEquals(SessionCookie.DEFAULT, config.toCookie());
    }

    @Test
    void settersAndAttributesAgree() {
        config.setName("SID");
        config.setPath("/p");
        config.setAttribute("dOmain", "example.org");
        config.setAttribute("max-age", "5");
        config.setAttribute("secure", "true");
        config.setHttpOnly(false);
        config.setAttribute("SameSite", "Strict");
        config.setAttribute("Gone", "x");
        config.setAttribute("Gone", null);
        assertEquals("/p", config.getAttribute("path"));
        assertEquals("example.org", config.getDomain());
        assertEquals(5, config.getMaxAge());
        assertTrue(config.isSecure());
        assertFalse(config.isHttpOnly());
        assertEquals("Strict", config.getAttributes().get("samesite"));
        assertEquals(
                new SessionCookie(
                        "SID", "/p", "example.org", true, false, 5, Map.of("SameSite", "Strict")),
                config.toCookie());
        assertThrows(
                UnsupportedOperationException.class, () -> config.getAttributes().put("a", "b"));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> config.setName("a b"));
        assertThrows(IllegalArgumentException.class, () -> config.setName(null));
        assertThrows(IllegalArgumentException.class, () -> config.setAttribute(null, "x"));
        assertThrows(IllegalArgumentException.class, () -> config.setAttribute("a;b", "x"));
        assertThrows(NumberFormatException.class, () -> config.setAttribute("Max-Age", "soon"));
        assertEquals(-1, config.getMaxAge());
    }

    @Test
    void nothingChangesOnceItIsFrozen() {
        config.setPath("/before");
        config.freeze();
        List<Executable> setters =
                List.of(
                        () -> config.setName("x"),
                        () -> config.setPath("/x"),
                        () -> config.setDomain("x"),
                        () -> config.setMaxAge(1),
                        () -> config.setSecure(true),
                        () -> config.setHttpOnly(true),
                        () -> config.setAttribute("a", "b"));
        for (Executable setter : setters) {
            assertThrows(IllegalStateException.class, setter);
        }
        assertEquals("/before", config.getPath());
        assertEquals("/before", config.toCookie().path());
    }
}
