package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What the settings below {@code servlet} do; see Section9CrossContextTest for cross_context. */
@Timeout(60)
class ServletSettingsTest {
    private static final String DO =
            """
            @WebServlet("/do/*")
            public class Do extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    switch (q.getPathInfo()) {
                        case "/redirect" -> { r.getWriter().print("kept"); r.sendRedirect(q.getParameter("to"), 307, false); }
                        default -> { try { r.getWriter().print(q.getSession().isNew()); }
                            catch (IllegalStateException e) { r.getWriter().print(e.getMessage()); } }
                    }
                }
            }
            """;

    @TempDir Path folder;

    private DeployedApp deploy(ServerConfig config) throws Exception {
        return DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), DO), config);
    }

    @Test
    void relativeRedirectsAreSentAsTheApplicationGivesThem() throws Exception {
        try (DeployedApp app = deploy(ServerConfig.defaults())) {
            String absolute = app.get("/do/redirect?to=../x");
            assertTrue(absolute.startsWith("HTTP/1.1 307 "), absolute);
            assertTrue(absolute.contains("\nLocation: http://h/app/x\n"), absolute);
            assertTrue(absolute.endsWith("\n\nkept"), absolute);

            app.server()
                    .reload(
                            app.server()
                                    .server()
                                    .config()
                                    .with("servlet.relative_redirects", "true"));
            String relative = app.get("/do/redirect?to=../x");
            assertTrue(relative.contains("\nLocation: ../x\n"), relative);
        }
    }

    @Test
    void anApplicationHasNoMoreSessionsThanItMay() throws Exception {
        try (DeployedApp app = deploy(ServerConfig.defaults().with("servlet.max_sessions", "2"))) {
            assertEquals("true", app.content("/do/session"));
            assertEquals("true", app.content("/do/session"));
            assertEquals(
                    "the application \"/app\" has 2 sessions already, which is the limit"
                            + " (servlet.max_sessions)",
                    app.content("/do/session"));
        }
    }

    @Test
    void whatIsNoContextPathIsRefused() {
        for (String wrong : new String[] {"app", "/app/", "/a, b"}) {
            ConfigException refused =
                    assertThrows(
                            ConfigException.class,
                            () -> ServerConfig.defaults().with("servlet.cross_context", wrong));
            assertEquals("servlet.cross_context", refused.path());
        }
    }
}
