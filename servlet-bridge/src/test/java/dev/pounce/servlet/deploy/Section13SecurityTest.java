package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Servlet specification, chapter 13: constraints, and users who prove who they are with BASIC. */
class Section13SecurityTest {
    private static final String WHO =
            """
            @WebServlet("/who/*")
            public class Who extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    if (q.getParameter("login") != null) q.login("ada", q.getParameter("login"));
                    if (q.getParameter("ask") != null && !q.authenticate(r)) return;
                    r.getWriter().print(q.getMethod() + " " + q.getRemoteUser() + " " + q.getAuthType() + " " + q.isUserInRole("admin"));
                }
            }
            """;
    private static final String ANNOTATED =
            """
            @WebServlet("/annotated")
            @ServletSecurity(value = @HttpConstraint(rolesAllowed = "admin"),
                httpMethodConstraints = {@HttpMethodConstraint("GET"), @HttpMethodConstraint(value = "DELETE", emptyRoleSemantic = ServletSecurity.EmptyRoleSemantic.DENY)})
            public class Annotated extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("in"); }
            }
            """;
    private static final String FUSED =
            "public class F { @Fused(\"/who/fused\") public String f() { return \"fused\"; }"
                    + " @Fused(\"/open\") public String o() { return \"open\"; } }";
    private static final String CONSTRAINTS =
            """
            <web-app>
              <security-constraint>
                <web-resource-collection><url-pattern>/who/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>admin</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/who/any/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>**</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/who/nobody</url-pattern></web-resource-collection>
                <auth-constraint/>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/who/get</url-pattern><http-method-omission>GET</http-method-omission></web-resource-collection>
                <auth-constraint/>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/who/tls</url-pattern></web-resource-collection>
                <user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee></user-data-constraint>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/hidden/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>admin</role-name></auth-constraint>
              </security-constraint>
              %s
              <security-role><role-name>admin</role-name></security-role>
            </web-app>
            """;
    private static final String BASIC =
            "<login-config><auth-method>BASIC</auth-method><realm-name>a"
                    + " \"realm\"</realm-name></login-config>";

    @TempDir Path folder;

    private TestWebApp webapp(String login) throws Exception {
        return DeployedApp.webapp(folder.resolve("app"), WHO, ANNOTATED, FUSED)
                .file("WEB-INF/web.xml", CONSTRAINTS.formatted(login))
                .file("hidden/index.html", "hidden page");
    }

    private Path users() throws Exception {
        return Files.writeString(
                folder.resolve("users.xml"),
                """
                <tomcat-users xmlns="http://tomcat.apache.org/xml">
                  <role rolename="admin"/>
                  <user username="ada" password="s\u00e9cret" roles="admin, other"/>
                  <user username="bob" password="b:b" roles=""/>
                </tomcat-users>
                """);
    }

    private static String as(String credentials) {
        return "Authorization: basic "
                + Base64.getEncoder()
                        .encodeToString(
                                credentials.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "\n";
    }

    private static String answer(DeployedApp app, String path, String lines) throws Exception {
        return app.send("GET", path, lines, "");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void section13_8ConstraintsLetInWhoMayComeIn() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(BASIC), users())) {
            String asked = answer(app, "/who/x", "");
            assertEquals(401, status(asked));
            assertTrue(
                    asked.contains(
                            "WWW-Authenticate: Basic realm=\"a \\\"realm\\\"\","
                                    + " charset=\"UTF-8\"\n"),
                    asked);
            assertEquals(
                    "GET ada BASIC true", content(answer(app, "/who/x", as("ada:s\u00e9cret"))));
            assertEquals(401, status(answer(app, "/who/x", as("ada:wrong"))));
            assertEquals(401, status(answer(app, "/who/x", as("eve:s\u00e9cret"))));
            assertEquals(401, status(answer(app, "/who/x", "Authorization: Basic ?\n")));
            assertEquals(403, status(answer(app, "/who/x", as("bob:b:b"))));
            assertEquals("GET bob BASIC false", content(answer(app, "/who/any/x", as("bob:b:b"))));
            assertEquals(403, status(answer(app, "/who/nobody", as("ada:s\u00e9cret"))));
            assertEquals(403, status(answer(app, "/who/tls", "")));
            assertEquals(200, status(answer(app, "/who/get", "")));
            assertEquals(403, status(app.send("PUT", "/who/get", as("ada:s\u00e9cret"), "x")));
        }
    }

    @Test
    void aFusedHandlerAndAFileAreCoveredToo() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(BASIC), users())) {
            assertEquals(401, status(answer(app, "/who/fused", "")));
            assertEquals("fused", content(answer(app, "/who/fused", as("ada:s\u00e9cret"))));
            assertEquals("open", content(answer(app, "/open", "")));
            assertEquals(401, status(answer(app, "/hidden/", "")));
            assertEquals(401, status(answer(app, "/hidden/index.html", "")));
            assertEquals(401, status(answer(app, "/x/../hidden/index.html;a=b", "")));
            assertEquals("hidden page", content(answer(app, "/hidden/", as("ada:s\u00e9cret"))));
        }
    }

    @Test
    void section13_4AnnotationsConstrainTheirServlet() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(BASIC), users())) {
            assertEquals(200, status(answer(app, "/annotated", "")));
            assertEquals(401, status(app.send("POST", "/annotated", "", "x")));
            assertEquals(200, status(app.send("POST", "/annotated", as("ada:s\u00e9cret"), "x")));
            assertEquals(403, status(app.send("DELETE", "/annotated", as("ada:s\u00e9cret"), "")));
        }
    }

    @Test
    void section13_8_4_2UncoveredMethodsAreRefusedWhereTheDescriptorSaysSo() throws Exception {
        String denied = BASIC + "<deny-uncovered-http-methods/>";
        try (DeployedApp app = DeployedApp.start(webapp(denied), users())) {
            assertEquals(403, status(answer(app, "/who/get", "")));
            assertEquals(200, status(answer(app, "/open", "")));
        }
    }

    @Test
    void section13_3AServletMayAskAndLogInItself() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(BASIC), users())) {
            assertEquals(401, status(answer(app, "/who/get?ask=1", "")));
            assertEquals(
                    "GET ada BASIC true", content(answer(app, "/who/get?login=s%C3%A9cret", "")));
            assertEquals(500, status(answer(app, "/who/get?login=wrong", "")));
        }
    }

    @Test
    void whatCannotBeProvedIsRefused() throws Exception {
        String certificate = "<login-config><auth-method>CLIENT-CERT</auth-method></login-config>";
        try (DeployedApp app = DeployedApp.start(webapp(certificate), users())) {
            String answer = answer(app, "/who/x", as("ada:s\u00e9cret"));
            assertEquals(403, status(answer));
            assertTrue(answer.contains("client certificate"), answer);
            assertEquals(500, status(answer(app, "/who/get?login=s%C3%A9cret", "")));
        }
        try (DeployedApp app = DeployedApp.start(webapp(""), users())) {
            String answer = answer(app, "/who/x", as("ada:s\u00e9cret"));
            assertEquals(403, status(answer));
            assertTrue(answer.contains("names no way to log in"), answer);
        }
    }

    @Test
    void withoutAFileOfUsersThereAreNone() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(webapp(BASIC), folder.resolve("there-is-none.xml"))) {
            assertEquals(401, status(answer(app, "/who/x", as("ada:s\u00e9cret"))));
        }
    }

    @Test
    void aMalformedFileOfUsersIsNamed() throws Exception {
        Path broken =
                Files.writeString(
                        folder.resolve("broken.xml"),
                        "<tomcat-users>\n<user username='a'/></tomcat-users>");
        DeploymentException e =
                assertThrows(
                        DeploymentException.class,
                        () -> DeployedApp.start(webapp(BASIC), broken).close());
        assertTrue(
                e.getMessage().contains("broken.xml:2:2: <user> needs a username and a password"),
                e.getMessage());
    }
}
