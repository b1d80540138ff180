package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig.ServerTiming;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What a reload changes for an application that runs. */
@Timeout(60)
class ReloadTest {
    private static final String WHO =
            """
            @WebServlet("/who")
            public class Who extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print(q.getRemoteUser());
                }
            }
            """;
    private static final String FILTER =
            """
            @WebFilter("/*")
            public class Through implements Filter {
                public void doFilter(ServletRequest q, ServletResponse r, FilterChain c) throws IOException, ServletException { c.doFilter(q, r); }
            }
            """;
    private static final String FUSED =
            "public class F { @Fused(value = \"/length\", methods = \"POST\") public String"
                    + " length(FusedRequest r) { return \"\" + r.body().length; } }";
    private static final String DESCRIPTOR =
            "<web-app><login-config><auth-method>BASIC</auth-method></login-config></web-app>";

    @TempDir Path folder;

    private static String users(String password) {
        return "<tomcat-users><user username=\"ada\" password=\"%s\" roles=\"a\"/></tomcat-users>"
                .formatted(password);
    }

    private static String who(DeployedApp app, String password) throws Exception {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(("ada:" + password).getBytes(StandardCharsets.US_ASCII));
        String answer = app.send("GET", "/who", "Authorization: Basic " + credentials + "\n", "");
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void theFileOfUsersIsReadAgain() throws Exception {
        Path users = Files.writeString(folder.resolve("users.xml"), users("one"));
        try (DeployedApp app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), WHO)
                                .file("WEB-INF/web.xml", DESCRIPTOR),
                        users)) {
            Pounce server = app.server();
            assertEquals("ada", who(app, "one"));

            Files.writeString(users, users("two"));
            assertTrue(server.reload(server.server().config()).isEmpty());
            assertEquals("ada", who(app, "two"));
            assertEquals("null", who(app, "one"));

            Files.writeString(users, "<tomcat-users>");
            ConfigException refused =
                    assertThrows(
                            ConfigException.class,
                            () ->
                                    server.reload(
                                            server.server().config().with("server_timing", "on")));
            assertEquals("users", refused.path());
            assertEquals("ada", who(app, "two"));
            assertEquals(ServerTiming.OFF, server.server().config().serverTiming());

            Path others = Files.writeString(folder.resolve("others.xml"), users("three"));
            server.reload(server.server().config().withUsers(others));
            assertEquals("ada", who(app, "three"));
        }
    }

    @Test
    void theBoundOnCollectedContentIsSwappedBehindFilters() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), FILTER, FUSED))) {
            Pounce server = app.server();
            String content = "x".repeat(2000);
            assertTrue(app.send("POST", "/length", "", content).endsWith("\n\n2000"));
            server.reload(server.server().config().with("fused.max_body", "1000"));
            String refused = app.send("POST", "/length", "", content);
            assertTrue(refused.startsWith("HTTP/1.1 413 "), refused);
        }
    }
}
