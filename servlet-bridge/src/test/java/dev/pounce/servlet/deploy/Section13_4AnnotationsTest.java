package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.password.PasswordHashes;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Servlet specification, sections 13.3 and 13.4: roles and constraints from code. */
@Timeout(60)
class Section13_4AnnotationsTest {
    private static final String BASE =
            """
            @ServletSecurity(@HttpConstraint(rolesAllowed = "a"))
            public class Base extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("in"); }
            }
            """;
    private static final String INHERITED =
            "@WebServlet({\"/inherited\", \"/described\"}) public class Inherited extends Base {}";
    private static final String NOTHING =
            "@WebServlet(\"/nothing\") @ServletSecurity public class Nothing extends Base {}";
    private static final String METHODS =
            """
            @WebServlet("/methods")
            @ServletSecurity(httpMethodConstraints = @HttpMethodConstraint(value = "PUT", rolesAllowed = "a"))
            public class Methods extends Base {}
            """;
    private static final String STARTER =
            """
            @WebListener
            public class Starter implements ServletContextListener {
                static final StringBuilder LOG = new StringBuilder();
                public void contextInitialized(ServletContextEvent e) {
                    ServletContext c = e.getServletContext();
                    try {
                        c.addServlet("named", "app.Base").addMapping("/code/named");
                        c.addServlet("class", Base.class).addMapping("/code/class");
                        c.addServlet("made", new Base()).addMapping("/code/made");
                        c.addServlet("created", c.createServlet(Base.class)).addMapping("/code/created");
                    } catch (ServletException x) { throw new IllegalStateException(x); }
                    ServletRegistration.Dynamic set = c.addServlet("set", Open.class);
                    set.addMapping("/set", "/described-too");
                    LOG.append(set.setServletSecurity(new ServletSecurityElement(new HttpConstraintElement(ServletSecurity.TransportGuarantee.NONE, "late"))));
                    set.addMapping("/set-later");
                    set.setRunAsRole("system");
                    LOG.append(" ").append(set.getRunAsRole());
                    try { set.setServletSecurity(null); } catch (IllegalArgumentException x) { LOG.append(" iae"); }
                    LOG.append(" ").append(c.getServletRegistration("refs").getRunAsRole());
                }
            }
            """;
    private static final String OPEN =
            """
            public class Open extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("open " + Starter.LOG); }
            }
            """;
    private static final String REFS =
            """
            public class Refs extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    for (String role : new String[] {"a", "alias", "self", "late", "*", "**"}) r.getWriter().print(role + "=" + q.isUserInRole(role) + " ");
                }
            }
            """;
    private static final String DESCRIPTOR =
            """
            <web-app metadata-complete="%s">
              <listener><listener-class>app.Starter</listener-class></listener>
              <servlet>
                <servlet-name>refs</servlet-name><servlet-class>app.Refs</servlet-class>
                <run-as><role-name>system</role-name></run-as>
                <security-role-ref><role-name>alias</role-name><role-link>a</role-link></security-role-ref>
                <security-role-ref><role-name>a</role-name><role-link>nobody-has-it</role-link></security-role-ref>
                <security-role-ref><role-name>self</role-name></security-role-ref>
              </servlet>
              <servlet><servlet-name>other</servlet-name><servlet-class>app.Refs</servlet-class></servlet>
              <servlet-mapping><servlet-name>refs</servlet-name><url-pattern>/refs</url-pattern></servlet-mapping>
              <servlet-mapping><servlet-name>other</servlet-name><url-pattern>/other</url-pattern></servlet-mapping>
              <servlet><servlet-name>declared</servlet-name><servlet-class>app.Base</servlet-class></servlet>
              <servlet-mapping><servlet-name>declared</servlet-name><url-pattern>/declared</url-pattern></servlet-mapping>
              <security-constraint>
                <web-resource-collection><url-pattern>/described</url-pattern><url-pattern>/described-too</url-pattern></web-resource-collection>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/some</url-pattern><http-method>GET</http-method></web-resource-collection>
                <auth-constraint><role-name>undeclared</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <web-resource-collection><url-pattern>/tls/*</url-pattern></web-resource-collection>
                <user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee></user-data-constraint>
              </security-constraint>
              <login-config><auth-method>BASIC</auth-method></login-config>
              <security-role><role-name>a</role-name></security-role>
              <security-role><role-name>system</role-name></security-role>
            </web-app>
            """;

    @TempDir static Path folder;

    private static TestWebApp webapp;

    @BeforeAll
    static void compile() throws Exception {
        webapp =
                DeployedApp.webapp(
                        folder.resolve("app"),
                        BASE,
                        INHERITED,
                        NOTHING,
                        METHODS,
                        STARTER,
                        OPEN,
                        REFS);
    }

    private static DeployedApp start(boolean metadataComplete, String... settings)
            throws Exception {
        webapp.file("WEB-INF/web.xml", DESCRIPTOR.formatted(metadataComplete));
        ServerConfig config =
                ServerConfig.defaults()
                        .with(
                                "security.accounts",
                                "ada " + PasswordHashes.of("secret", 10) + " a self")
                        .with("access_log.file", folder.resolve("access.log").toString());
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            config = config.with(parts[0], parts[1]);
        }
        return DeployedApp.start(webapp, config);
    }

    private static String as(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes())
                + "\n";
    }

    private static int status(DeployedApp app, String path) throws Exception {
        return status(app.get(path));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void annotationsCountWhereTheyAreLookedAt() throws Exception {
        try (DeployedApp app = start(false)) {
            Map<String, Integer> expected =
                    Map.of(
                            "/inherited", 401,
                            "/nothing", 200,
                            "/declared", 401,
                            "/described", 200,
                            "/methods", 200,
                            "/code/named", 401,
                            "/code/class", 401,
                            "/code/created", 401,
                            "/code/made", 200);
            for (Map.Entry<String, Integer> each : expected.entrySet()) {
                assertEquals(each.getValue(), status(app, each.getKey()), each.getKey());
            }
            assertEquals(200, status(app.send("GET", "/inherited", as("ada:secret"), "")));
            assertEquals(401, status(app.send("PUT", "/methods", "", "x")));
            assertEquals(200, status(app.send("PUT", "/methods", as("ada:secret"), "x")));
        }
    }

    @Test
    void section8_1OfACompleteDescriptorTheyDoNotCount() throws Exception {
        try (DeployedApp app = start(true)) {
            assertEquals(404, status(app, "/inherited"));
            assertEquals(200, status(app, "/declared"));
            assertEquals(401, status(app, "/code/class"), "what code adds is looked at");
        }
    }

    @Test
    void section4_4_1_7ACallSaysWhereADescriptorIsStronger() throws Exception {
        try (DeployedApp app = start(false)) {
            assertEquals(401, status(app, "/set"));
            assertEquals(401, status(app, "/set-later"));
            assertEquals("open [/described-too] system iae system", app.content("/described-too"));
        }
    }

    @Test
    void section13_3ANameMayStandForAnotherRole() throws Exception {
        try (DeployedApp app = start(false)) {
            String user = as("ada:secret");
            assertTrue(
                    app.send("GET", "/refs", user, "")
                            .endsWith(
                                    "\n\n"
                                            + "a=false alias=true self=true late=false *=false"
                                            + " **=true "));
            assertTrue(
                    app.send("GET", "/other", user, "")
                            .endsWith(
                                    "\n\n"
                                            + "a=true alias=false self=true late=false *=false"
                                            + " **=true "));
            assertTrue(
                    app.get("/other")
                            .endsWith(
                                    "\n\n"
                                            + "a=false alias=false self=false late=false *=false"
                                            + " **=false "));
        }
    }

    @Test
    void section13_8WhatNeedsTlsIsRefusedOrSentThere() throws Exception {
        try (DeployedApp app = start(false)) {
            String refused = app.get("/tls/x");
            assertEquals(403, status(refused));
            assertTrue(refused.contains("only answered over TLS"), refused);
            app.server().reload(app.server().server().config().with("security.https_port", "8443"));
            String sent = app.get("/tls/x;a=b?c=%20d");
            assertEquals(302, status(sent));
            assertTrue(sent.contains("\nLocation: https://h:8443/app/tls/x;a=b?c=%20d\n"), sent);
            String post = app.send("POST", "/tls/x", "", "x");
            assertEquals(307, status(post));
            app.server().reload(app.server().server().config().with("security.https_port", "443"));
            assertTrue(app.get("/tls/x").contains("\nLocation: https://h/app/tls/x\n"));
        }
    }

    @Test
    void section13_8_4WhatNoConstraintCoversIsNamedAtTheStart() throws Exception {
        try (CapturedLog log = new CapturedLog();
                DeployedApp app = start(false)) {
            assertEquals(405, status(app.send("POST", "/some", "", "x")));
            List<String> lines = log.lines("no security constraint covers");
            assertTrue(
                    lines.get(0)
                            .contains(
                                    "/app: no security constraint covers all methods but GET of"
                                            + " /some"),
                    lines.toString());
            String roles = log.lines("no <security-role> declares").toString();
            assertTrue(roles.contains("names the role undeclared"), roles);
            assertTrue(roles.contains("the servlet refs names the role nobody-has-it"), roles);
        }
    }

    @Test
    void aNameIsLockedOutAfterManyWrongPasswords() throws Exception {
        try (DeployedApp app = start(false, "security.max_failures=2")) {
            assertEquals(200, status(app.send("GET", "/inherited", as("ada:secret"), "")));
            assertEquals(401, status(app.send("GET", "/inherited", as("ada:x"), "")));
            assertEquals(401, status(app.send("GET", "/inherited", as("ada:x"), "")));
            assertEquals(401, status(app.send("GET", "/inherited", as("ada:secret"), "")));
        }
    }

    @Test
    void theAccessLogNamesTheUser() throws Exception {
        try (DeployedApp app = start(false, "access_log.enabled=on")) {
            app.send("GET", "/inherited", as("ada:secret"), "");
            app.get("/inherited");
        }
        List<String> lines = Files.readAllLines(folder.resolve("access.log"));
        assertTrue(lines.get(0).startsWith("127.0.0.1 - ada ["), lines.get(0));
        assertTrue(lines.get(1).startsWith("127.0.0.1 - - ["), lines.get(1));
    }

    @Test
    void aUserOfTheFileAndTheConfigurationIsOneTooMany() throws Exception {
        Path users =
                Files.writeString(
                        folder.resolve("users.xml"),
                        "<tomcat-users><user name='ada' password='x'/></tomcat-users>");
        Exception refused =
                assertThrows(Exception.class, () -> start(false, "users=" + users).close());
        assertTrue(
                refused.getMessage().contains("the user ada is in security.accounts and in"),
                refused.getMessage());
    }
}
