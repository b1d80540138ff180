package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

/** Applications that throw errors, and not exceptions, when they start and end. */
@Timeout(60)
class ErrorsAtStartTest {
    private static final String LISTENER =
            """
            @WebListener
            public class Listener implements ServletContextListener {
                @Override
                public void contextInitialized(ServletContextEvent event) { BEGIN }
                @Override
                public void contextDestroyed(ServletContextEvent event) { END }
            }
            """;

    private static final String SERVLETS =
            """
            @WebServlet("/other")
            public class Other extends HttpServlet {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    response.getWriter().print("served");
                }
                @WebServlet(urlPatterns = "/bad", loadOnStartup = 1)
                public static class Bad extends HttpServlet {
                    @Override
                    public void init() { BEGIN }
                }
            }
            """;

    @TempDir Path temp;
    private DeployedApp good;

    @BeforeEach
    void start() throws Exception {
        good = DeployedApp.start(webapp("good", SERVLETS.replace("BEGIN", "")));
    }

    @AfterEach
    void stop() throws Exception {
        good.close();
    }

    private TestWebApp webapp(String name, String source) throws IOException {
        return DeployedApp.webapp(temp.resolve(name), source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.ServiceConfigurationError",
                "java.lang.AssertionError",
                "java.lang.StackOverflowError",
                "java.lang.OutOfMemoryError",
                "javax.xml.parsers.FactoryConfigurationError"
            })
    void theyDoNotStartAndTheOthersServe(String error) throws Exception {
        String thrown = "throw new " + error + "(\"made up\");";
        String silent = LISTENER.replace("END", "");
        Path bad = webapp("bad", silent.replace("BEGIN", thrown)).root();

        DeploymentException e =
                assertThrows(DeploymentException.class, () -> good.server().deploy(bad, "/bad"));

        assertEquals(bad + " does not start: " + error + ": made up", e.getMessage());
        assertEquals("served", good.content("/other"));
        good.server().deploy(webapp("mended", silent.replace("BEGIN", "")).root(), "/bad");

        Path ending = webapp("ending", LISTENER.replace("BEGIN", "").replace("END", thrown)).root();
        good.server().deploy(ending, "/ending");
        assertTrue(good.server().undeploy("/ending"));
        good.server().deploy(ending, "/ending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.ServiceConfigurationError", "java.lang.OutOfMemoryError"})
    void aServletThatThrowsOneDoesNotTakeTheOthersAlong(String error) throws Exception {
        String thrown = "throw new " + error + "(\"made up\");";
        try (DeployedApp app =
                DeployedApp.start(webapp("app", SERVLETS.replace("BEGIN", thrown)))) {
            assertEquals("served", app.content("/other"));
            String answer = app.get("/bad");
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        }
    }
}
